import type { Texts } from '..';
import type en from '../en/help';

const texts: Texts<typeof en> = {
  'about': 'Hulp: {{topic}}',
  'my-work': 'Mijn werk',
  'my-work-text': 'Waar anderen op u wachten: eerst wat u beslist, dan uw taken, wat te laat is vóór wat deze week moet.\nEen taak opent ter plaatse. Wat geen bewijs vraagt, kunt u aanvinken en samen afwerken.\nWat u niet mag of nog niet kunt, staat er niet; bij wat geblokkeerd is, staat door wie.',
  'course': 'Koers',
  'course-text': 'Uit koers: tijd of kosten gaan voorbij wat het sjabloon toelaat, het einde wordt meer dan 10 werkdagen te laat verwacht, of een poort kan niet beslist worden.\nRisico: later verwacht, een beslissing of taak te laat, een taak geblokkeerd, of een rol die niemand heeft.\nOp koers: niets daarvan. De redenen staan erbij.',
  'dates': 'Beloofd, gepland, verwacht',
  'dates-text': 'Beloofd is de baseline: het plan zoals het was bij de start, of toen een wijziging het laatst is goedgekeurd.\nGepland is het plan zoals het nu is.\nVerwacht is een simulatie van wat rest: P80 betekent dat het einde er in 80 van 100 keer tegen dan is.',
  'waterway': 'De waterweg',
  'waterway-text': 'Fasen zijn panden water, poorten zijn sluizen. Een pand loopt vol naarmate zijn taken klaar zijn. Een open sluis is gepasseerd; met een driehoek: onder voorwaarden. Dubbele deuren: mensen beslissen er nu over.',
  'changes': 'Wijzigingen van het plan',
  'changes-text': 'Een wijziging zegt waarom, toont vooraf wat er anders zou zijn, en mensen beslissen erover naargelang haar omvang. Tot dan blijft het plan zoals het is. Kleine, binnen de tolerantie van het sjabloon, vragen geen beslissing. Wat beloofd was, wordt bij goedkeuring opnieuw bepaald.',
  'record': 'Het dossier',
  'record-text': 'Alles wat beslist en gedaan is, door wie en wanneer. Achteraf wordt niets gewijzigd of weggehaald. De schuifregelaar toont het project zoals het op een ogenblik bekend was. Het volledige dossier is zonder Sluis na te gaan.',
  'criteria': 'Criteria',
  'criteria-text': 'Vervuld en niet vervuld wordt berekend uit wat geleverd is. “U oordeelt” is voor mensen: geen regel kan het zeggen. Een poort gaat niet open zolang een verplicht criterium niet vervuld is.',
  'votes': 'Wie beslist',
  'votes-text': 'De regels van de poort zeggen wie beslist en hoeveel er nodig zijn. Wie afwezig is, wordt vertegenwoordigd; beide namen staan in het dossier. Beslist niemand op tijd, dan gebeurt de volgende stap hieronder vanzelf.',
  'fingerprint': 'Vingerafdruk',
  'fingerprint-text': 'Een beslissing hangt vast aan precies wat u hier ziet. Verandert er iets aan, dan vervallen de gegeven beslissingen en vraagt de poort het opnieuw. Een auditor kan het jaren later nagaan.',
  'decide': 'Uw beslissing',
  'decide-text': 'U beslist over wat hier getoond wordt. Verandert het voor u klaar bent, dan wordt uw beslissing geweigerd en ziet u het verschil.\nOnder voorwaarden: elke voorwaarde wordt een taak met een eigenaar en een datum. Terugsturen heropent alleen wat u kiest.',
  'evidence': 'Bewijs',
  'evidence-text': 'Wat per fase geleverd is, met de bestanden. Een bestand wordt bewaard volgens zijn inhoud: hetzelfde bestand is overal hetzelfde, en niemand kan het ongezien verwisselen.',
  'team': 'Rollen',
  'team-text': 'Taken en beslissingen horen bij rollen, zodat ze blijven als mensen gaan. Wie het project stuurt, zegt wie welke rol heeft; open taken en beslissingen volgen meteen.',
  'workload': 'Belasting',
  'workload-text': 'Een werkdag telt 7,6 uur. Open taken en items van lopende sprints worden gelijk verdeeld over de dagen tot ze klaar moeten zijn; wat te laat is, ligt op vandaag. Feestdagen en afwezigheden nemen uren weg. Wat niemand raamde, wordt geteld maar heeft geen uren.',
};
export default texts;
