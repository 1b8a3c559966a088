import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Command } from 'commander'
import { extractArchive } from '#cli/extract-archive.ts'
import { withHelp } from '#cli/help.ts'
import { interruptSignal } from '#cli/interrupt.ts'
import { printJson } from '#cli/json-shapes.ts'
import { printNote, printResult } from '#cli/output.ts'
import { connect, serverCommand } from '#cli/server-command.ts'
import {
  choosesVariant,
  findVariant,
  isGenerationId,
  TARGET_ARGUMENT,
  TARGET_HELP,
  type VariantFlags,
  withVariantFlags,
} from '#cli/target.ts'
import type { ApiClient } from '#lib/api-client.ts'
import { temporaryName } from '#lib/atomic-write.ts'
import { identityOf } from '#lib/domain/variant.ts'
import { DocsfyError } from '#lib/errors.ts'

interface DownloadFlags extends VariantFlags {
  output?: string
  flatten?: boolean
  singleFile?: boolean
  json?: boolean
}

/** `docsfy download NAME|UUID`: the finished site as an archive, extracted, or as one HTML document. */
export function downloadCommand(): Command {
  const command = withVariantFlags(serverCommand('download'))
    .description('Download a finished site: as an archive, extracted with -o, or as one HTML document')
    .argument(TARGET_ARGUMENT, `${TARGET_HELP}; a name alone means its newest finished site`)
    .option('-o, --output <DIR>', 'extract into this folder, or put the one document there')
    .option('--flatten', 'with -o: put the files into DIR itself, without a folder of their own in it')
    .option('--single-file', 'the whole site as one HTML document, which needs no other file')
    .option('--json', 'print one JSON object: where it is')
    .action(download)
  return withHelp(command, {
    examples: [
      'docsfy download docsfy',
      'docsfy download docsfy -b main -o ./site --flatten',
      'docsfy download docsfy --single-file',
      'docsfy download 0b9c3c0e-7a52-4c3e-9d0a-4a6a6c1b2f10 -o /srv/docs',
    ],
    remarks:
      'Extracting again into the same folder removes the files of the earlier extraction that are gone, and no others.\n' +
      'An archive with links, or with paths that lead out of the folder, is refused as a whole.',
    json: ['download'],
  })
}

async function download(target: string, flags: DownloadFlags, command: Command): Promise<void> {
  if (flags.flatten && flags.output === undefined) command.error('error: --flatten needs --output')
  if (flags.flatten && flags.singleFile) command.error('error: --flatten is for files, --single-file makes one')
  const { api } = await connect(command)
  const signal = interruptSignal('Stopping')
  await fetchSite(api, target, { ...flags, signal }).catch((error) => {
    throw signal.aborted ? new DocsfyError('aborted', 'The download was stopped') : error
  })
}

async function fetchSite(api: ApiClient, target: string, flags: DownloadFlags & Asked): Promise<void> {
  const { content, fileName } = await open(api, target, flags)
  const archive = Readable.from(content)
  if (flags.output === undefined || flags.singleFile) return await save(archive, fileName, flags)
  const extracted = await extractArchive({ archive, folder: resolve(flags.output), flatten: flags.flatten === true })
  if (flags.json) return printJson('download', extracted)
  printResult(`${flags.flatten ? 'Extracted and flattened' : 'Extracted'} to ${flags.output}`)
  if (extracted.removed > 0) printNote(`Removed ${extracted.removed} files of an earlier download`)
}

interface Asked extends VariantFlags {
  signal: AbortSignal
}

async function open(api: ApiClient, target: string, { signal, singleFile, ...flags }: DownloadFlags & Asked) {
  const format = singleFile ? 'single-file' : 'archive'
  const ending = singleFile ? 'html' : 'tar.gz'
  if (!choosesVariant(flags) && !isGenerationId(target)) {
    const content = await api.downloadProject({ name: target, owner: flags.owner }, { format, signal })
    return { content, fileName: fileNameOf([target], ending) }
  }
  const identity = identityOf(await findVariant(api, target, flags))
  const { name, branch, provider, model } = identity
  const content = await api.download(identity, { format, signal })
  return { content, fileName: fileNameOf([name, branch, provider, model], ending) }
}

function fileNameOf(parts: string[], ending: string): string {
  return `${parts.map((part) => part.replace(/[^A-Za-z0-9._-]+/g, '-')).join('-')}-docs.${ending}`
}

/** Under its name only once it is whole. */
async function save(content: Readable, fileName: string, { json, output = '.' }: DownloadFlags): Promise<void> {
  const path = join(resolve(output), fileName)
  const temporary = temporaryName(path)
  try {
    await mkdir(resolve(output), { recursive: true })
    await pipeline(content, createWriteStream(temporary, { flags: 'wx' }))
    await rename(temporary, path)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new DocsfyError(
      'unavailable',
      `The download could not be saved as ${path} (${typeof code === 'string' ? code : 'the connection broke'})`,
      { cause },
    )
  } finally {
    await rm(temporary, { force: true })
  }
  if (json) printJson('download', { path, files: null, removed: null })
  else printResult(`Downloaded to ${path}`)
}
