import { expect, it } from 'vitest'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'

async function found(files: Record<string, string>) {
  const { commands, flags } = await extractFacts({
    snapshot: snapshotOfFiles(files),
    name: 'x',
    signal: new AbortController().signal,
    progress: () => {},
  })
  return [...commands.map(({ name }) => name), ...flags.map(({ command, name }) => `${command} ${name}`)]
}

it('puts parsers of argparse in front of those inside them', async () => {
  expect(
    await found({
      'a.py':
        'import argparse\nparser = argparse.ArgumentParser()\nsub = parser.add_subparsers()\nremote = sub.add_parser("remote")\ninner = remote.add_subparsers()\nadd = inner.add_parser("add")\nadd.add_argument("--tags")\nother = things.add_parser("other")\n',
    }),
  ).toEqual(['remote', 'remote add', 'other', 'remote add --tags'])
})

it('puts commands of commander in front of those they hold, also those made in another file', async () => {
  expect(
    await found({
      'package.json': '{"name":"x","bin":{"way":"cli.ts"}}',
      'cli.ts': [
        "import { Command, program } from 'commander'",
        "import { users as people } from './users.ts'",
        "import makeLog from './log.ts'",
        "const remote = program.command('remote').description('r')",
        "remote.command('add <name>').option('--tags')",
        "remote.option('--all')",
        'program.addCommand(people).addCommand(makeLog())',
        "const other = new Command('lonely')",
      ].join('\n'),
      'users.ts':
        "import { Command } from 'commander'\nexport const users = new Command('users')\nusers.command('list').option('--json')",
      'log.ts':
        "import { Command } from 'commander'\nexport default function makeLog() {\n  const log = new Command('log')\n  log.command('tail')\n  return log.addCommand(other())\n}\nfunction other() {\n  const log = new Command('all')\n  const way = new Command('way')\n  return finished(log.option('--far'))\n}",
    }),
  ).toEqual([
    'remote',
    'remote add',
    'lonely',
    'log',
    'log tail',
    'log all',
    'users',
    'users list',
    'remote add --tags',
    'remote --all',
    'log all --far',
    'users list --json',
  ])
})
