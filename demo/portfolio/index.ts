/** Makes the demo portfolio: a dozen projects in all states, through the API alone. */
import { Driver, type Site } from './driver';
import { checkedRoles } from './evidence';
import { MANAGER, OFFICE } from './people';
import { goAway, organise } from './organisation';
import { SCENARIOS, type Scenario } from './scenarios';

export { PEOPLE } from './people';
export { SCENARIOS };

export interface Made {
  readonly key: string;
  readonly project: string;
}

/** Projects that are worked on at once. */
const AT_ONCE = 3;
const WEEK_MS = 7 * 86_400_000;

interface Parameter { readonly key: string; readonly type: string; readonly default?: unknown; readonly required?: boolean; readonly choices?: readonly { readonly key: string }[]; readonly min?: number }
interface Kind { readonly kind: string; readonly attributes?: readonly Parameter[]; readonly min?: number }

/** A value for what a template asks for and has none of its own. */
function valueFor({ type, choices, min }: Parameter, place: number): string | number | boolean {
  switch (type) {
    case 'date': return new Date(Date.now() + (12 + 2 * place) * WEEK_MS).toISOString().slice(0, 10);
    case 'number': return Math.max(min ?? 0, 120_000);
    case 'choice': return choices?.[0]?.key ?? '';
    case 'checkbox': return true;
    default: return 'Mechelen';
  }
}

const isNeeded = (parameter: Parameter): boolean => parameter.default === undefined && parameter.required !== false;

function inputsOf(authored: Record<string, unknown>) {
  const { parameters = [], inventory = [] } = authored as { parameters?: readonly Parameter[]; inventory?: readonly Kind[] };
  const places = ['A', 'B', 'C'];
  return {
    parameters: Object.fromEntries(parameters.filter(isNeeded).map((parameter, place) => [parameter.key, valueFor(parameter, place)])),
    inventory: inventory.flatMap(({ kind, attributes = [] }) => places.map((letter, place) => ({
      id: `${kind}-${letter.toLowerCase()}`, kind, name: `${kind} ${letter}`,
      attributes: Object.fromEntries(attributes.filter(({ required }) => required).map((attribute) => [attribute.key, attribute.type === 'number' ? place + 1 : valueFor(attribute, place)])),
    }))),
  };
}

async function make(driver: Driver, { key, name, template, program, parameters, passed, story }: Scenario): Promise<Made> {
  // A project that is there already is left as it is: asked for on another day, it would be another request.
  const known = await driver.find(name);
  if (known !== undefined) return { key, project: known };
  const { version, authored, wanted } = await driver.template(template);
  const { managerRole } = authored as unknown as { managerRole: string };
  const inputs = inputsOf(authored);
  const { id: project } = await driver.command(OFFICE, (client, header) => client.POST('/api/v1/projects', {
    // The same project, however often it is asked for.
    params: { header: { ...header, 'Idempotency-Key': `demo-portfolio-${key}` } },
    body: { name, template, version, roles: { [managerRole]: [MANAGER] }, inventory: inputs.inventory, parameters: { ...inputs.parameters, ...parameters?.() }, ...(program && { program }) },
  })) as { id: string };
  await driver.until(project, 'its start', ({ status }) => status !== 'starting');
  await driver.staff(project, checkedRoles(authored));
  if (passed !== undefined) await driver.passPhases(project, wanted, passed);
  await story?.(driver, project, wanted);
  return { key, project };
}

/** @param say is told of each project that is ready. @throws AggregateError when some can't be made; the others are. */
export async function makePortfolio(site: Site, say: (made: Made) => void = () => undefined, scenarios: readonly Scenario[] = SCENARIOS): Promise<Made[]> {
  const driver = new Driver(site);
  await organise(driver);
  const made: Made[] = [];
  const waiting = [...scenarios];
  const failed: unknown[] = [];
  await Promise.all(Array.from({ length: AT_ONCE }, async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      try {
        const each = await make(driver, next);
        made.push(each);
        say(each);
      } catch (error) {
        failed.push(error);
      }
    }
  }));
  await goAway(driver);
  if (failed.length > 0) throw new AggregateError(failed, `${failed.length} projects could not be made`);
  return made;
}
