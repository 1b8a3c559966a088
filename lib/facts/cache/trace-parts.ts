import type { Facts } from '#lib/domain/facts.ts'
import type { Trace } from '#lib/facts/trace.ts'
import type { OpenPack, PackWriter } from './pack-file.ts'
import { packedBytes, packedText } from './pack-file.ts'

const NAMES = 'trace names'
const BASES = 'trace bases'
const MISSES = 'trace misses'
const REST = 'trace'

interface Rest {
  followsImports: boolean
  further: Trace['further']
  packageNames: [string, string][]
  renamed: string[]
  descriptions: Trace['descriptions']
  /** Files as places in the list of files. */
  offering: { from: string; path: string; files: number[] }[]
}

/** Writes a trace as entries of a pack. */
export function writeTrace(writer: PackWriter, trace: Trace, { files }: Pick<Facts, 'files'>): void {
  const places = new Map(files.map(({ path }, at) => [path, at]))
  const { further, followsImports, packageNames, renamed, descriptions, offering } = trace
  const rest: Rest = {
    further,
    followsImports,
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
  writer.add(REST, JSON.stringify(rest))
}

/** Reads what `writeTrace` wrote beside these facts; null when it is not there or damaged. */
export function readTrace(pack: OpenPack, { files, offered }: Facts): Trace | null {
  const entries = new Map(pack.entries.filter(({ key }) => key.startsWith(REST)).map((entry) => [entry.key, entry]))
  const [names, bases, misses, rest] = [NAMES, BASES, MISSES, REST].map((key) => entries.get(key))
  const bytes = [names, bases, misses].map((entry) => (entry ? packedBytes(entry) : null))
  const [nameBytes, baseBytes, missBytes] = bytes
  const text = rest ? packedText(rest) : null
  if (!nameBytes || !baseBytes || !missBytes || text === null) return null
  const { offering, packageNames, renamed, ...more } = JSON.parse(text) as Rest
  const byEntry = Map.groupBy(offered, ({ from, entry }) => `${from}\n${entry}`)
  return {
    ...more,
    packageNames: new Map(packageNames),
    renamed: new Set(renamed),
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
