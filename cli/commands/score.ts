import { basename, resolve } from 'node:path'
import { Command, InvalidArgumentError } from 'commander'
import { withHelp } from '#cli/help.ts'
import { interruptSignal } from '#cli/interrupt.ts'
import { printJson } from '#cli/json-shapes.ts'
import { duration, EXIT, oneLine, printNote } from '#cli/output.ts'
import { atomicWrite } from '#lib/atomic-write.ts'

interface ScoreFlags {
  repo: string
  branch?: string
  json?: boolean
  html?: string
  failUnder?: number
  all?: boolean
}

/** `docsfy score TARGET --repo REPO`: how true and how complete documentation is, held against the code. */
export function scoreCommand(): Command {
  const command = new Command('score')
    .description('Measure how true and complete a folder of documentation is, against the code')
    .argument('<TARGET>', 'folder of Markdown, MDX, reStructuredText or HTML pages, whoever wrote them')
    .requiredOption('--repo <REPO>', 'path of the Git repository it documents')
    .option('-b, --branch <BRANCH>', 'branch to hold it against (default: what HEAD of the repository names)')
    .option('--json', 'print one JSON object: the points, every measure and every miss')
    .option('--html <FILE>', 'write a report for a browser as well')
    .option('--fail-under <N>', 'exit with 1 when the total is lower', points)
    .option('--all', 'list every miss instead of the first 20 of each measure')
    .action(score)
  return withHelp(command, {
    examples: [
      'docsfy score ./site --repo .',
      'docsfy score docs --repo . --fail-under 90',
      'docsfy score ./site --repo ./clone --branch v2 --json > score.json',
    ],
    remarks: `Every claim is read from the files in TARGET and resolved anew against the commit: links, citations, paths, names,
signatures, examples, diagrams, and what of the code is not told. Nothing is executed or downloaded. A total of 100 means
that every measure holds its gate.`,
    json: ['score'],
    exitCodes: '0 measured, 1 it failed or the total is under --fail-under, 2 wrong usage, 130 interrupted',
  })
}

async function score(target: string, flags: ScoreFlags): Promise<void> {
  // Loaded here, because the parsers are large and `--help` should not wait for them.
  const { scoreFolder } = await import('#cli/score-folder.ts')
  const { printScore } = await import('#cli/print-score.ts')
  const { reportHtml } = await import('#lib/score/report-html.ts')
  const startedMs = performance.now()
  const signal = interruptSignal('Stopping: press Ctrl-C again to end at once')
  const { repo, branch = null, json, html, failUnder, all = false } = flags
  const result = await scoreFolder({ target: resolve(target), repository: resolve(repo), branch, signal })
  if (html !== undefined) await atomicWrite(resolve(html), reportHtml(result, basename(resolve(target))))
  if (json) printJson('score', result)
  else printScore(result, { all })
  printNote(`Scored ${result.pages} pages in ${duration(performance.now() - startedMs)}, ${peakMb()} MB at most`)
  if (failUnder === undefined || result.total >= failUnder) return
  printNote(`Error: ${oneLine(`The total of ${result.total} is under ${failUnder}`)}`)
  process.exitCode = EXIT.failed
}

function points(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !(value >= 0 && value <= 100))
    throw new InvalidArgumentError('Give a number from 0 to 100.')
  return value
}

function peakMb(): number {
  return Math.round(process.resourceUsage().maxRSS / 1024)
}
