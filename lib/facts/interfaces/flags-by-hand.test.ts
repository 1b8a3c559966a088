import { expect, it } from 'vitest'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'

async function flagsOf(files: Record<string, string>): Promise<string[]> {
  const { flags } = await extractFacts({
    snapshot: snapshotOfFiles(files),
    name: 'x',
    signal: new AbortController().signal,
    progress: () => {},
  })
  return flags.map(
    ({ name, aliases, command, type, help, range }) =>
      `${range.path}:${range.start}${command ? ` ${command}` : ''} ${[name, ...aliases].join()} ${type} # ${help}`,
  )
}

it('reads what programs compare their arguments with, and what they print about it', async () => {
  expect(
    await flagsOf({
      'a.js':
        "const args = process.argv.slice(2)\nfor (const arg of args) switch (arg) {\n  case '-h':\n  case '--help':\n    console.log(`\n  -h, --help       Shows this text\n  --out <dir>      Where to write`)\n}\nif (args.includes('--dry-run')) stop()\nif (arg.startsWith('--out=')) go()\nif (process.argv[2] === '--version') show()",
      'b.py':
        'import sys\nif "--fast" in sys.argv: pass\nfor arg in sys.argv[1:]:\n    if arg in ("-q", "--quiet"): pass\n    elif arg == "--all": pass\n',
      'c.go': 'package main\nimport "os"\nfunc main() {\n\tswitch os.Args[1] {\n\tcase "-v", "--version":\n\t}\n}\n',
      'd.rs':
        'fn main() {\n    for arg in std::env::args() {\n        match arg.as_str() {\n            "-n" | "--name" => {}\n            _ => {}\n        }\n    }\n}\n',
      'e.c':
        'int main(int argc, char **argv) {\n  if (!strcmp(argv[1], "--raw")) raw = 1;\n  else if (!strcmp(argv[i],"-a") || !strcmp(argv[i],"--pass")) x();\n  fprintf(stderr, "  --raw              Prints raw\\n"\n"                     replies.\\n"\n"                     Not this.\\n");\n}\n',
      'f.c':
        'static struct option table[] = {\n  {"output", required_argument, NULL, \'o\'},\n  {"help", no_argument, 0, 0},\n};\nint r = getopt_long(argc, argv, "o:", table, 0);\n',
      'G.java':
        'class G {\n  public static void main(String[] args) {\n    if (args[0].equals("--port")) {}\n    switch (arg) { \n      case "--host":\n    }\n  }\n}\n',
      'h.rb':
        "require 'optparse'\nOptionParser.new do |opts|\n  opts.on('-v', '--[no-]verbose', 'Says more') { }\n  opts.on('-pPORT', '--port PORT', Integer, 'Where to listen') { }\nend\nstop if ARGV.include?('--now')\n",
      'i.php': "<?php\nif (in_array('--dry', $argv)) {}\n",
    }),
  ).toEqual([
    'G.java:3 --port null # null',
    'G.java:5 --host null # null',
    'a.js:3 -h null # Shows this text',
    'a.js:4 --help null # Shows this text',
    'a.js:9 --dry-run null # null',
    'a.js:10 --out null # Where to write',
    'a.js:11 --version null # null',
    'b.py:2 --fast null # null',
    'b.py:4 --quiet,-q null # null',
    'b.py:5 --all null # null',
    'c.go:5 --version,-v null # null',
    'd.rs:4 --name,-n null # null',
    'e.c:2 --raw null # Prints raw replies.',
    'e.c:3 --pass,-a null # null',
    'f.c:2 --output,-o null # null',
    'f.c:3 --help flag # null',
    'h.rb:3 --verbose,-v flag # Says more',
    'h.rb:4 --port,-p Integer # Where to listen',
    'h.rb:6 --now null # null',
    'i.php:2 --dry null # null',
  ])
})

it('reads case and getopts of shell scripts', async () => {
  const script = [
    '#!/usr/bin/env bash',
    'usage() { cat <<EOT',
    '  -o, --out DIR   Where to write (like `pwd`)',
    'EOT',
    '}',
    'while [[ $# -gt 0 ]]; do',
    '  case "$1" in',
    '    -f | --force) force=1; shift ;; # Overwrites files',
    '    -o | --out)',
    '      out="$2"; shift 2 ;;',
    '    --depth=*) depth=1 ;;',
    '    --) break ;;',
    '    *) die ;;',
    '  esac',
    'done',
    'while getopts ":ab:" letter; do',
    '  case "$letter" in',
    '    a) all=1 ;; # Takes all',
    '    b) b="$OPTARG" ;;',
    '  esac',
    'done',
    'walk() { case $1 in --far) far=1 ;; esac; }',
  ]
  expect(await flagsOf({ 'bin/run.sh': script.join('\n') })).toEqual([
    'bin/run.sh:8 --force,-f flag # Overwrites files',
    'bin/run.sh:9 --out,-o null # Where to write (like `pwd`)',
    'bin/run.sh:11 --depth null # null',
    'bin/run.sh:18 -a flag # Takes all',
    'bin/run.sh:19 -b null # null',
    'bin/run.sh:22 walk --far flag # null',
  ])
})

it('takes nothing that is handed to other programs, and no other text that begins with a dash', async () => {
  expect(
    await flagsOf({
      'a.js':
        "const child = spawn('git', ['--no-pager', '--x'])\nargs.push('--y')\nif (process.execArgv.includes('--inspect')) go()\nswitch (token) { default: }\nstyle.setProperty('--colour', '1')\n// case '--no':\nconst [, , name] = process.argv",
      'b.js': "switch (token) {\n  case '--x':\n}\nif (arg === '--y') go()",
      'c.py': 'import subprocess, sys\nsubprocess.run(["x", "--all"])\nif "--z" in command: pass\nsys.argv[1]\n',
      'd.go': 'package d\nfunc f(arg string) {\n\tswitch arg {\n\tcase "--x":\n\t}\n}\n',
      'e.sh': 'git log --oneline\ncase "$TERM" in\n  -x) ;;\nesac\ncase "$1" in start) ;; *-old) ;; esac\n',
      'f.c': 'int f(const char *s) { return strcmp(s, "--x") == 0; }\n',
      'g.rb': "emitter.on('--x', 'y')\nsystem('ls', '--all')\n",
    }),
  ).toEqual([])
})
