import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { deflateSync } from 'node:zlib'
import type { TempRepository } from '#lib/testing/temp-repository.ts'

const BASE_BYTES = 0xffffff
const BLOB = 3
const REF_DELTA = 7
/** Copies the whole base: offset 0, a size of three bytes. */
const COPY_BASE = Buffer.from([0x80 | 0x70, 0xff, 0xff, 0xff])

/** Commits a file of `copies` times 16 MB on a new branch, which a pack of 16 kB holds as a delta. */
export async function commitDeltaBomb(
  repository: TempRepository,
  { copies, branch }: { copies: number; branch: string },
): Promise<void> {
  const base = Buffer.alloc(BASE_BYTES)
  const delta = [sizeOf(BASE_BYTES), sizeOf(BASE_BYTES * copies), ...Array<Buffer>(copies).fill(COPY_BASE)]
  const [baseId, bombId] = [zerosId(base, 1), zerosId(base, copies)]
  const entries = [entry(BLOB, { content: base }), entry(REF_DELTA, { base: baseId, content: Buffer.concat(delta) })]
  const head = Buffer.from('PACK\0\0\0\x02\0\0\0\x02', 'latin1')
  const body = Buffer.concat([head, ...entries])
  const pack = Buffer.concat([body, createHash('sha1').update(body).digest()])
  execFileSync('git', ['index-pack', '--stdin'], { cwd: repository.path, input: pack })
  const files = { 'base.bin': baseId, 'bomb.bin': bombId }
  for (const [name, id] of Object.entries(files))
    await repository.git('update-index', '--add', '--cacheinfo', `100644,${id.toString('hex')},${name}`)
  const tree = await repository.git('write-tree')
  await repository.git('branch', branch, await repository.git('commit-tree', '-m', 'Bomb', tree))
}

function zerosId(base: Buffer, copies: number): Buffer {
  const hash = createHash('sha1').update(`blob ${base.length * copies}\0`)
  for (let i = 0; i < copies; i += 1) hash.update(base)
  return hash.digest()
}

function entry(kind: number, { base, content }: { base?: Buffer; content: Buffer }): Buffer {
  const first = (kind << 4) | (content.length & 0x0f)
  const more = Math.floor(content.length / 16)
  const header = more > 0 ? [Buffer.from([first | 0x80]), sizeOf(more)] : [Buffer.from([first])]
  return Buffer.concat([...header, base ?? Buffer.alloc(0), deflateSync(content)])
}

/** Seven bits a byte, lowest first. */
function sizeOf(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest & 0x7f) | 0x80)
  return Buffer.from([...bytes, rest])
}
