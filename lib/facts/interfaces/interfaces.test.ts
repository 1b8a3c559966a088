import { expect, it } from 'vitest'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'

const extract = (files: Record<string, string>) =>
  extractFacts({
    snapshot: snapshotOfFiles(files),
    name: 'x',
    signal: new AbortController().signal,
    progress: () => {},
  })

it('finds flags of commander, parseArgs, argparse, click, flag and cobra', async () => {
  const { flags } = await extract({
    'a.ts': `import { Command, Option } from 'commander'
const program = new Command()
program.command('go <to>').option('-f, --fast', 'walk fast', false)
  .addOption(new Option('--pace <n>', 'steps').default(3))
other.option('x', 'no flag')`,
    'b.ts': `import { parseArgs } from 'node:util'
parseArgs({ options: { port: { type: 'string', short: 'p', default: '80' } } })`,
    'c.py': `import argparse
sub = argparse.ArgumentParser().add_subparsers()
walk = sub.add_parser("walk")
walk.add_argument("--to", "-t", default="home", help="where "
                  "to")
walk.add_argument("name")`,
    'd.py': `import click
@click.command("run")
@click.option("--host", "-h", default="127.0.0.1", help="The host.", envvar="APP_HOST")
def run(): pass`,
    'e.go': 'package main\nimport "flag"\nvar n = flag.Int("n", 5, "how many")\n',
    'f.go':
      'package f\nimport "github.com/spf13/cobra"\nfunc New() {\n\tcmd := &cobra.Command{Use: "walk <to>"}\n\tcmd.Flags().StringVarP(&to, "to", "t", "home", "where \\"to\\"")\n}\n',
  })
  expect(
    flags.map(({ name, aliases, command, type, default: given, help, range }) => [
      `${range.path}:${range.start}`,
      name,
      aliases.join(),
      command,
      type,
      given,
      help,
    ]),
  ).toEqual([
    ['a.ts:3', '--fast', '-f', 'go', null, 'false', 'walk fast'],
    ['a.ts:4', '--pace', '', 'go', 'n', '3', 'steps'],
    ['b.ts:2', '--port', '-p', null, 'string', '80', null],
    ['c.py:4', '--to', '-t', 'walk', null, 'home', 'where to'],
    ['d.py:3', '--host', '-h', 'run', null, '127.0.0.1', 'The host.'],
    ['e.go:3', '-n', '', null, 'int', '5', 'how many'],
    ['f.go:5', '--to', '-t', 'walk', 'string', 'home', 'where "to"'],
  ])
})

it('finds environment variables with defaults, and puts their definition first', async () => {
  const { environment } = await extract({
    '.env.example': '# Where to listen.\nPORT=8000\n\n# ADMIN=\n',
    'a.ts':
      "const { HOST = 'localhost' } = process.env\nconst KEY = 'TOKEN'\nprocess.env[KEY]\nprocess.env.PORT ?? 80\nprocess.env.SET = '1'\nif (process.env.USER || process.env.NAME) go()",
    'b.py': 'import os\nos.environ["HOME"]\nos.getenv("PACE", "3")\nos.environ["OUT"] = "x"\n',
    'c.go': 'package c\nimport "os"\nconst EnvMode = "MODE"\nvar m = os.Getenv(EnvMode)\n',
    'd.js':
      "import.meta.env.VITE_WAY || '/'\nimport.meta.env.DEV\nprocess?.env['ROAD']\nway.env.NONE\nprocess.env[of(way)]\ndelete process.env.GONE\nconst { NEVER } = way.env",
  })
  expect(
    environment.map(({ name, default: given, help, ranges }) => [
      name,
      given,
      help,
      ranges.map(({ path, start }) => `${path}:${start}`).join(),
    ]),
  ).toEqual([
    ['ADMIN', null, null, '.env.example:4'],
    ['HOME', null, null, 'b.py:2'],
    ['HOST', 'localhost', null, 'a.ts:1'],
    ['MODE', null, null, 'c.go:3'],
    ['NAME', null, null, 'a.ts:6'],
    ['PACE', '3', null, 'b.py:3'],
    ['PORT', '80', 'Where to listen.', '.env.example:2,a.ts:4'],
    ['ROAD', null, null, 'd.js:3'],
    ['TOKEN', null, null, 'a.ts:2'],
    ['USER', null, null, 'a.ts:6'],
    ['VITE_WAY', '/', null, 'd.js:1'],
  ])
})

it('finds routes with their prefixes, and nothing that merely looks like one', async () => {
  const { routes } = await extract({
    'a.ts': `import express from 'express'
const app = express()
app.get('/users/:id', auth, show)
app.get('view engine')
cache.get('/not', x)
app.route('/books').post(add)`,
    'app/api/(group)/items/[id]/route.ts':
      'export const GET = route(() => 1)\nexport async function POST() {}\nexport const other = 1',
    'b.py': `from fastapi import APIRouter
router = APIRouter(prefix="/v1")
@router.get("/items")
async def items(): pass`,
    'c.py':
      'from flask import Flask\napp = Flask(__name__)\n@app.route("/", methods=["GET", "POST"])\ndef home(): pass\n',
    'd.go':
      'package d\nimport "github.com/gin-gonic/gin"\nfunc f(r *gin.Engine) {\n\tv1 := r.Group("/v1")\n\tv1.GET("/ping", ping)\n}\n',
    'e.go':
      'package e\nimport "net/http"\nfunc f() {\n\tmux := http.NewServeMux()\n\tmux.HandleFunc("POST /walk", walk)\n\thttp.Get("/no")\n}\n',
  })
  expect(
    routes.map(({ method, path, handler, range }) => `${range.path}:${range.start} ${method} ${path} ${handler}`),
  ).toEqual([
    'a.ts:3 GET /users/:id show',
    'a.ts:6 POST /books add',
    'app/api/(group)/items/[id]/route.ts:1 GET /api/items/[id] GET',
    'app/api/(group)/items/[id]/route.ts:2 POST /api/items/[id] POST',
    'b.py:3 GET /v1/items items',
    'c.py:3 GET / home',
    'c.py:3 POST / home',
    'd.go:5 GET /v1/ping ping',
    'e.go:5 POST /walk walk',
  ])
})

it('runs scripts with the package manager of the project, which a field or the nearest lock file tells', async () => {
  const scripts = '{ "scripts": { "dev": "vite", "test": "vitest" } }'
  const typed = async (files: Record<string, string>) => (await extract(files)).scripts.map((one) => one.invocation)
  expect(await typed({ 'package.json': scripts, 'apps/a/package.json': scripts, 'pnpm-lock.yaml': 'a: 1\n' })).toEqual([
    'pnpm --dir apps/a run dev',
    'pnpm --dir apps/a test',
    'pnpm run dev',
    'pnpm test',
  ])
  const stated = scripts.replace('{ ', '{ "packageManager": "yarn@4.1.0", ')
  expect(await typed({ 'package.json': stated, 'web/package.json': scripts, 'web/bun.lock': '{}' })).toEqual([
    'yarn run dev',
    'yarn test',
    'bun run --cwd web dev',
    'bun run --cwd web test',
  ])
})

it('describes a project of several root manifests by the one of its main language', async () => {
  const mix =
    'defmodule W.MixProject do\n  use Mix.Project\n  def project, do: [app: :w, description: "A server"]\nend\n'
  const { description } = await extract({
    'mix.exs': mix,
    'package.json': '{ "name": "w", "description": "Client of the server" }',
    'lib/w.ex': `defmodule W do\n${'  def walk(a), do: a\n'.repeat(9)}end\n`,
    'client.js': 'export const a = 1\n',
  })
  expect(description).toMatchObject({ text: 'A server', range: { path: 'mix.exs' } })
})

it('finds scripts with the line a person types', async () => {
  const { scripts } = await extract({
    'package.json': '{\n  "scripts": {\n    "test": "vitest",\n    "build": "tsc"\n  }\n}',
    'web/package.json': '{ "scripts": { "dev": "vite" } }',
    Makefile: '.PHONY: all\nVERSION := 1\nall: build test\nbuild:\n\t@go build ./...\nbin/x: y\n\tcc\n',
    'tox.ini': '[tox]\n[testenv:lint]\ncommands =\n    ruff check\n',
  })
  expect(
    scripts.map(({ invocation, command, range }) => [`${range.path}:${range.start}-${range.end}`, invocation, command]),
  ).toEqual([
    ['Makefile:3-3', 'make all', 'make build test'],
    ['Makefile:4-5', 'make build', 'go build ./...'],
    ['package.json:3-3', 'npm test', 'vitest'],
    ['package.json:4-4', 'npm run build', 'tsc'],
    ['tox.ini:2-4', 'tox -e lint', 'ruff check'],
    ['web/package.json:1-1', 'npm --prefix web run dev', 'vite'],
  ])
})
