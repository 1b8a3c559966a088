import type { FileFact } from '#lib/domain/facts.ts'
import type { SymbolColumns } from '#lib/facts/symbol-columns.ts'
import type { Trace } from '#lib/facts/trace.ts'
import type { ReadFacts } from './facts-parts.ts'
import type { OpenPack, PackWriter } from './pack-file.ts'
import { packedBytes, packedText } from './pack-file.ts'
import { columnBytes, numbersIn } from './part-bytes.ts'

const NAMES = 'trace names'
const BASES = 'trace bases'
const MISSES = 'trace misses'
const SYMBOLS = 'trace symbols'
const REST = 'trace'

interface Rest {
  followsImports: boolean
  needed: string[]
  further: Trace['further']
  packageNames: [string, string][]
  renamed: string[]
  descriptions: Trace['descriptions']
  /** Files as places in the list of files. */
  offering: { from: string; path: string; files: number[] }[]
}

/** Writes a trace as entries of a pack. */
export function writeTrace(writer: PackWriter, trace: Trace, { files }: { files: FileFact[] }): void {
  const places = new Map(files.map(({ path }, at) => [path, at]))
  const { further, followsImports, needed, packageNames, renamed, descriptions, offering } = trace
  const rest: Rest = {
    further,
    followsImports,
    needed: [...needed],
    packageNames: [...packageNames],
    renamed: [...renamed],
    descriptions,
    offering: offering.map(({ from, path, files: looked }) => {
      return { from, path, files: [...looked].flatMap((one) => places.get(one) ?? []) }
    }),
  }
  writer.add(NAMES, bytesOf(packedNames(trace.names)))
  writer.add(BASES, bytesOf(Uint32Array.from(trace.bases)))
  writer.add(MISSES, trace.misses)
  writer.add(SYMBOLS, symbolColumnBytes(trace.symbols, places))
  writer.add(REST, JSON.stringify(rest))
}

/** Reads what `writeTrace` wrote beside these facts; null when it is not there or damaged. */
export function readTrace(pack: OpenPack, { facts, symbols }: ReadFacts): Trace | null {
  const { files, offered } = facts
  const entries = new Map(pack.entries.filter(({ key }) => key.startsWith(REST)).map((entry) => [entry.key, entry]))
  const bytesOfEntry = (key: string) => {
    const entry = entries.get(key)
    return entry ? packedBytes(entry) : null
  }
  const [nameBytes, baseBytes, missBytes, columnBytes] = [NAMES, BASES, MISSES, SYMBOLS].map(bytesOfEntry)
  const rest = entries.get(REST)
  const text = rest ? packedText(rest) : null
  if (!nameBytes || !baseBytes || !missBytes || !columnBytes || text === null) return null
  const columns = symbolColumnsIn(columnBytes, files)
  if (columns.names.length !== symbols.length) return null
  const { offering, packageNames, renamed, needed, ...more } = JSON.parse(text) as Rest
  const byEntry = Map.groupBy(offered, ({ from, entry }) => `${from}\n${entry}`)
  return {
    ...more,
    symbols: columns,
    packageNames: new Map(packageNames),
    renamed: new Set(renamed),
    needed: new Set(needed),
    names: unpackedNames(numbersOf(nameBytes)),
    bases: [...numbersOf(baseBytes)],
    misses: new Uint8Array(missBytes),
    offering: offering.map(({ from, path, files: looked }) => ({
      from,
      path,
      facts: byEntry.get(`${from}\n${path}`) ?? [],
      files: new Set(looked.flatMap((at) => files[at]?.path ?? [])),
    })),
  }
}

/** Of types their places, of runs the places of their files and how many symbols they have. */
function symbolColumnBytes({ names, parents, types, runs }: SymbolColumns, places: ReadonlyMap<string, number>) {
  const typePlaces: number[] = []
  for (let at = 0; at < types.length; at += 1) if (types[at] === 1) typePlaces.push(at)
  const lengths: number[] = []
  for (const { path, start, end } of runs) lengths.push(places.get(path) ?? -1, end - start)
  return columnBytes({
    names: new Int32Array(names.buffer, names.byteOffset, names.length),
    parents,
    types: typePlaces,
    runs: lengths,
  })
}

function symbolColumnsIn(bytes: Buffer, files: FileFact[]): SymbolColumns {
  const { names: numbers = [], parents = [], types: typePlaces = [], runs: lengths = [] } = numbersIn(bytes)
  const types = new Uint8Array(numbers.length)
  for (let at = 0; at < typePlaces.length; at += 1) types[typePlaces[at] ?? 0] = 1
  const runs: SymbolColumns['runs'] = []
  let start = 0
  for (let at = 0; at < lengths.length; at += 2) {
    const end = start + (lengths[at + 1] ?? 0)
    runs.push({ path: files[lengths[at] ?? -1]?.path ?? '', start, end })
    start = end
  }
  return { names: Uint32Array.from(numbers), parents: Int32Array.from(parents), types, runs }
}

/** Per file its place, how many numbers follow, and these. */
function packedNames(names: Trace['names']): Uint32Array {
  let length = 0
  for (const numbers of names.values()) length += numbers.length + 2
  const packed = new Uint32Array(length)
  let at = 0
  for (const [file, numbers] of names) {
    packed[at] = file
    packed[at + 1] = numbers.length
    packed.set(numbers, at + 2)
    at += numbers.length + 2
  }
  return packed
}

function unpackedNames(packed: Uint32Array): Trace['names'] {
  const names: Trace['names'] = new Map()
  for (let at = 0; at < packed.length; at += (packed[at + 1] ?? 0) + 2)
    names.set(packed[at] ?? 0, packed.subarray(at + 2, at + 2 + (packed[at + 1] ?? 0)))
  return names
}

function bytesOf(numbers: Uint32Array): Uint8Array {
  return new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)
}

function numbersOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(new Uint8Array(bytes).buffer)
}
