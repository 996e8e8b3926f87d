import type { Texts } from '..';
import type en from '../en/templates';

const texts: Texts<typeof en> = {
  'title': 'Modèles',
  'write': 'Écrire un modèle',
  'write-hint': 'En YAML ou JSON. Pendant que vous écrivez, tout est vérifié et prouvé ; ce que vous écrivez reste dans ce navigateur. Le langage est décrit dans la documentation des modèles.',
  'deprecated': 'obsolète',
  'gate': 'Porte : {{name}}',
  'decides': 'Décide',
  'per-item': 'par élément de l’inventaire',
  'version': 'Version',
  'start': 'Démarrer un projet',
  'copy': 'Utiliser comme point de départ',
  'deprecate': 'Marquer comme obsolète',
  'deprecate-sure': '{{name}} {{version}} ne démarrera plus de projets ; ceux en cours continuent. Poursuivre ?',
  'open-file': 'Ouvrir un fichier',
  'publish': 'Publier',
  'checking': 'Vérification…',
  'problems_one': '{{count}} problème',
  'problems_other': '{{count}} problèmes',
  'text': 'Texte du modèle',
  'line': 'Ligne {{line}} :',
  'sound': 'Vérifié et prouvé',
  'sound-text': 'Il peut toujours arriver à une fin, et tout ce qu’il contient peut se produire.',
  'findings': 'Ce que la preuve a trouvé :',
  'way-there': 'Le chemin :',
  'published': '{{key}} {{version}} est publié.',
};
export default texts;
