import { expect, it } from 'vitest'
import { factsOf } from '#lib/testing/facts-of.ts'

it('reads routes of Koa and echo, and no other calls that look like them', async () => {
  const { routes } = await factsOf({
    'koa.js':
      "const Router = require('@koa/router')\nconst router = new Router({ prefix: '/api' })\nrouter.get('/walks/:id', show)\nrouter.del('/walks/:id', (ctx) => {})\ncache.get('/no', x)\nctx.get('/no')",
    'echo.go':
      'package a\nimport "github.com/labstack/echo/v4"\nfunc f() {\n\te := echo.New()\n\tg := e.Group("/api")\n\tg.GET("/walks", list)\n\te.Add("POST", "/walks", add)\n\tclient.GET("/no", x)\n}\n',
    'near.go': 'package b\nfunc f() {\n\te := New()\n\te.GET("/no", list)\n}\n',
  })
  expect(routes.map(({ method, path, range }) => `${range.path}:${range.start} ${method} ${path}`)).toEqual([
    'echo.go:6 GET /api/walks',
    'echo.go:7 POST /walks',
    'koa.js:3 GET /api/walks/:id',
    'koa.js:4 DELETE /api/walks/:id',
  ])
})

it('reads flags of yargs and cac, and nothing of objects with the same methods', async () => {
  const { flags, commands } = await factsOf({
    'yargs.js':
      "const yargs = require('yargs')\nyargs.command('serve [dir]', 'Serves', (y) => y.option('port', { alias: 'p', type: 'number', default: 80, describe: 'Where' }))\nyargs.options({ quiet: { type: 'boolean' } })",
    'cac.ts':
      "import { cac } from 'cac'\nconst cli = cac('x')\ncli.command('[root]', 'Starts').option('--open', 'Opens')\ncli.command('build <dir>', 'Builds').option('-w, --watch', 'Again', { default: false })",
    'near.js': "const y = makeMenu()\ny.option('port', { alias: 'p' })\ny.command('serve', 'no')",
  })
  expect(
    flags.map(
      ({ name, aliases, command, type, default: given, help, range }) =>
        `${range.path}:${range.start} ${command} ${[name, ...aliases]} ${type} = ${given} # ${help}`,
    ),
  ).toEqual([
    'cac.ts:3 null --open null = null # Opens',
    'cac.ts:4 build --watch,-w null = false # Again',
    'yargs.js:2 null --port,-p number = 80 # Where',
    'yargs.js:3 null --quiet boolean = null # null',
  ])
  expect(commands.map(({ name, help }) => `${name} # ${help}`)).toEqual(['build # Builds', 'serve # Serves'])
})

it('reads recipes of a justfile, and none of its settings, variables and comments', async () => {
  const { scripts } = await factsOf({
    justfile:
      'set shell := ["bash", "-c"]\nversion := "1"\nalias b := build\n\n# Builds everything\nbuild target="all": clean\n    cc {{target}}\n\n[private]\nhidden:\n    x\n_inner:\n    y\n@clean $FORCE dir=\'a\':\n    rm -r out\n# no: x\n',
  })
  expect(scripts.map(({ runner, name, invocation, help }) => `${runner} ${name} | ${invocation} # ${help}`)).toEqual([
    'just build | just build # Builds everything',
    'just clean | just clean # null',
  ])
})
