import { readFileSync } from 'node:fs'
import { isMap, isPair, isScalar, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import type { PriceFile } from '#lib/domain/job.ts'
import { DocsfyError } from '#lib/errors.ts'

const perMillion = z.number('must be a number from 0 on: USD per million tokens').min(0, 'must be 0 or more')
const tableSchema = z.strictObject({
  date: z.string('must be the day the prices are of, such as 2026-11-20').regex(/^\d{4}-\d\d-\d\d$/, {
    message: 'must be a day such as 2026-11-20',
  }),
  models: z.record(
    z.string(),
    z.strictObject(
      {
        input: perMillion,
        output: perMillion,
        cached: perMillion.optional(),
        max_output_tokens: z.int('must be a whole number').min(256, 'must be 256 or more').optional(),
      },
      'must have input and output, in USD per million tokens',
    ),
    'must be a list of models with their prices',
  ),
})

/** Prices an administrator knows better, by beginning of a model's name or `provider:model`. */
export type OwnPrices = z.infer<typeof tableSchema>

/** The prices of an administrator; null when there are none. Throws `start_up` that names file, line and key. */
export function readOwnPrices({ path, isNeeded }: PriceFile): OwnPrices | null {
  const text = textOf(path, isNeeded)
  if (text === null) return null
  const counter = new LineCounter()
  const document = parseDocument(text, { lineCounter: counter })
  const [broken] = document.errors
  if (broken) throw problem(path, counter.linePos(broken.pos[0]).line, broken.message.split('\n')[0] ?? '')
  const parsed = tableSchema.safeParse(document.toJS())
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const extra = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const keys = [...(issue?.path ?? []), ...extra].map(String)
  const said = extra.length > 0 ? 'is not known' : (issue?.message ?? 'cannot be read')
  const offset = offsetOf(document.contents, keys)
  throw problem(path, counter.linePos(offset).line, `${keys.join('.')} ${said}`.trim())
}

function textOf(path: string, isNeeded: boolean): string | null {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' && !isNeeded) return null
    throw new DocsfyError('start_up', `The file of prices ${path} cannot be read (${code}): check AI_PRICES_FILE`, {
      cause,
    })
  }
}

function problem(path: string, line: number, said: string): DocsfyError {
  return new DocsfyError(
    'start_up',
    `The file of prices ${path}, line ${line}: ${said}. Correct it, or remove the file`,
  )
}

/** Where the key stands, or the last of those before it that is there. */
function offsetOf(node: unknown, keys: string[]): number {
  const [key, ...rest] = keys
  if (!isMap(node) || key === undefined) return 0
  const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === key)
  if (!pair || !isScalar(pair.key)) return 0
  const here = pair.key.range?.[0] ?? 0
  return rest.length > 0 && isMap(pair.value) ? Math.max(here, offsetOf(pair.value, rest)) : here
}
