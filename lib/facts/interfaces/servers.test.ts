import { expect, it } from 'vitest'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'

async function servers(files: Record<string, string>): Promise<string[]> {
  const facts = await extractFacts({
    snapshot: snapshotOfFiles(files),
    name: 'x',
    signal: new AbortController().signal,
    progress: () => {},
  })
  return facts.entryPoints
    .filter(({ kind }) => kind === 'server')
    .map(({ name, path, range }) => `${path}:${range.start} ${name}`)
}

it('finds where programs of Node, Deno and Bun begin to listen', async () => {
  expect(
    await servers({
      'package.json': '{"name":"shop","main":"a.js"}',
      'a.js': "const express = require('express')\nconst app = express()\napp.listen(process.env.PORT, () => {})",
      'b.ts':
        "import { createServer } from 'node:http'\nasync function main() {\n  const server = createServer(app)\n  await once()\n  server.listen({ port: 80 })\n}\nmain().catch(fail)",
      'c.ts':
        "import Fastify from 'fastify'\nconst start = async () => {\n  const app = await Fastify({ logger: true }).register(x)\n  await app.listen({ port: 3000 })\n}\nvoid start()",
      'd.ts':
        "import { NestFactory } from '@nestjs/core'\nasync function bootstrap() {\n  const app = await NestFactory.create(AppModule)\n  await app.listen(3000)\n}\nbootstrap()",
      'e.ts':
        "import { serve } from '@hono/node-server'\nserve({ fetch: app.fetch, port: 3000 })\nBun.serve({ fetch })",
      'f.js': "mongoose.connect(url).then(() => app.listen(port))\nconst app = require('./app')",
      'g.ts': "import { WebSocketServer } from 'ws'\nconst live = new WebSocketServer({ port: 8080 })",
      'h.js': "import express from 'express'\nif (require.main === module) express().use(x).listen(8080)",
      'i.js':
        "const Hapi = require('@hapi/hapi')\nconst init = async () => {\n  const server = Hapi.server({ port: 1 })\n  await server.start()\n}\ninit()",
    }),
  ).toEqual([
    'a.js:3 app.listen',
    'b.ts:5 server.listen',
    'c.ts:4 app.listen',
    'd.ts:4 app.listen',
    'e.ts:2 serve',
    'e.ts:3 Bun.serve',
    'f.js:1 app.listen',
    'g.ts:2 new WebSocketServer',
    'h.js:2 express().listen',
    'i.js:4 server.start',
  ])
})

it('takes no other listening, no library that listens for others, no test and no port of its own choice', async () => {
  expect(
    await servers({
      'package.json': '{"name":"framework","main":"lib/application.js"}',
      'lib/application.js':
        "const http = require('node:http')\napp.listen = function listen() {\n  const server = http.createServer(this)\n  return server.listen.apply(server, arguments)\n}\nclass App {\n  listen(...args) { return http.createServer(this.callback()).listen(...args) }\n  open(port) { return http.createServer(f).listen(port) }\n}\nexport function start(server, port) { server.listen(port) }",
      'mocks.js': "import { server } from './node'\nserver.listen()\nserver.listen({ onUnhandledRequest: 'error' })",
      'store.js':
        "import { createStore } from 'redux'\nconst store = createStore()\nstore.listen(3000)\nhistory.listen((place) => go(place))\nrecognition.start()",
      'login.js': "const http = require('http')\nhttp.createServer(answer).listen(0)\nhttp.createServer(answer)",
      'route.js': "const express = require('express')\nconst server = express.Router()\nserver.listen(80)",
      'attached.js': "import { WebSocketServer } from 'ws'\nnew WebSocketServer({ noServer: true })",
      'own.js': 'function serve() {}\nserve({ port: 1 })',
      'test/app.test.js': "const app = require('express')()\napp.listen(3000)",
      'examples/app.js': "const app = require('express')()\napp.listen(3000)",
    }),
  ).toEqual([])
})

it('counts a function that serves where its package is no library, or a command leads to it', async () => {
  const code =
    "import { createServer } from 'node:http'\nexport function start(port) {\n  createServer(f).listen(port)\n}"
  expect(await servers({ 'package.json': '{"private":true}', 's.js': code })).toEqual(['s.js:3 createServer().listen'])
  expect(
    await servers({
      'package.json': '{"name":"x","main":"index.js","bin":"cli.js"}',
      'cli.js': "import { start } from './s.js'",
      's.js': code,
      'other.js': code,
    }),
  ).toEqual(['s.js:3 createServer().listen'])
})

it('finds where Python programs serve, and not what merely runs', async () => {
  expect(
    await servers({
      'a.py': 'import uvicorn\nif __name__ == "__main__":\n    uvicorn.run("a:app", port=80)\n',
      'b.py':
        'from flask import Flask\ndef create_app():\n    app = Flask(__name__)\n    return app\napp = create_app()\napp.run()\n',
      'c.py': 'from shop import app\ndef main():\n    app.run(host="0.0.0.0", debug=True)\nmain()\n',
      'd.py': 'from http.server import HTTPServer\nwith HTTPServer(("", 80), H) as httpd:\n    httpd.serve_forever()\n',
      'e.py': 'from aiohttp import web\nweb.run_app(make())\n',
      'f.py': 'from waitress import serve\nserve(app, port=80)\n',
      'g.py':
        'import grpc\ndef serve():\n    server = grpc.server(pool)\n    server.start()\nif __name__ == "__main__":\n    serve()\n',
      'near/app.py':
        'import typer\nfrom textual.app import App\napp = App()\napp.run()\nasyncio.run(main())\nsubprocess.run(["x"])\nthread.start()\nrun(host="x")\n',
      'near/flaskish.py':
        'from werkzeug.serving import run_simple\nclass Flask:\n    def run(self, host):\n        run_simple(host, 1, self)\ndef later():\n    run_simple("x", 1, app)\n',
      'tests/test_a.py': 'import uvicorn\nuvicorn.run("a:app")\n',
    }),
  ).toEqual([
    'a.py:3 uvicorn.run',
    'b.py:6 app.run',
    'c.py:3 app.run',
    'd.py:3 httpd.serve_forever',
    'e.py:2 web.run_app',
    'f.py:2 serve',
    'g.py:4 server.start',
  ])
})

it('finds where Go programs serve; a module without a program only lets others serve', async () => {
  const library = {
    'go.mod': 'module x\n',
    'engine.go':
      'package x\nimport "net/http"\nfunc (e *Engine) Run(a string) error {\n\treturn http.ListenAndServe(a, e)\n}\n',
  }
  expect(await servers(library)).toEqual([])
  expect(
    await servers({
      ...library,
      'cmd/a/main.go':
        'package main\nimport ("net/http"; "github.com/gin-gonic/gin"; "os/exec")\nfunc main() {\n\tr := gin.Default()\n\tr.Run(":80")\n\tsrv := &http.Server{Addr: ":81"}\n\tgo srv.ListenAndServe()\n\tcmd := exec.Command("x")\n\tcmd.Run()\n\ttimer.Start(1)\n}\n',
      'web/server.go':
        'package web\nimport ("net/http"; "google.golang.org/grpc")\ntype S struct { web *http.Server; rpc *grpc.Server; other *Thing }\nfunc (s *S) Go() {\n\ts.web.ListenAndServeTLS(a, b)\n\ts.rpc.Serve(l)\n\ts.other.Serve(l)\n\tnet.Listen("tcp", a)\n}\n',
    }),
  ).toEqual([
    'cmd/a/main.go:5 r.Run',
    'cmd/a/main.go:7 srv.ListenAndServe',
    'engine.go:4 http.ListenAndServe',
    'web/server.go:5 s.web.ListenAndServeTLS',
    'web/server.go:6 s.rpc.Serve',
  ])
})

it('finds where programs of Rust, Java, Kotlin, C#, Ruby, PHP, Swift, Scala and Elixir serve', async () => {
  expect(
    await servers({
      'Cargo.toml': '[package]\nname = "s"\nversion = "1.0.0"\n',
      'src/main.rs':
        'use axum::Router;\nfn main() {\n    // axum::serve(no)\n    axum::serve(listener, app).await;\n    let x = "axum::serve(no)";\n}\n#[cfg(test)]\nmod tests {\n    fn t() { axum::serve(no) }\n}\n',
      'A.java':
        'import org.springframework.boot.SpringApplication;\npublic class A {\n  public static void main(String[] args) {\n    SpringApplication.run(A.class, args);\n    executor.run(a);\n    thread.start();\n  }\n}\n',
      'b.kt':
        'import io.ktor.server.engine.embeddedServer\nfun main() {\n  embeddedServer(Netty, port = 80) { }.start(wait = true)\n}\n',
      'Program.cs':
        'var builder = WebApplication.CreateBuilder(args);\nvar app = builder.Build();\napp.MapGet("/", () => "x");\napp.Run();\n',
      'Job.cs': 'var job = new Job();\njob.Run();\n',
      'c.rb': 'require "sinatra/base"\nclass C < Sinatra::Base\n  run! if app_file == $0\nend\n',
      'd.php': '<?php\n$http = new Swoole\\Http\\Server("0.0.0.0", 9501);\n$http->start();\n',
      'e.php': '<?php\n$timer->start();\n',
      'f.swift':
        'import Vapor\n@main struct F {\n  static func main() async throws {\n    let app = try await Application.make(env)\n    try await app.execute()\n  }\n}\n',
      'G.scala': 'object G extends App {\n  import akka.http.scaladsl.Http\n  Http().newServerAt("x", 80).bind(r)\n}\n',
      'h.ex':
        'defmodule H do\n  use Application\n  def start(_, _) do\n    children = [\n      Shop.Repo,\n      {Bandit, plug: H.Router},\n      ShopWeb.Endpoint\n    ]\n    Supervisor.start_link(children, [])\n  end\nend\n',
    }),
  ).toEqual([
    'A.java:4 SpringApplication.run',
    'G.scala:3 newServerAt',
    'Program.cs:4 app.Run',
    'b.kt:3 embeddedServer',
    'c.rb:3 run!',
    'd.php:3 $http->start',
    'f.swift:5 app.execute',
    'h.ex:6 Bandit',
    'h.ex:7 ShopWeb.Endpoint',
    'src/main.rs:4 axum::serve',
  ])
})

it('takes a repository that serves routes for an application, however many packages it has beside', async () => {
  const crate = (name: string) => `[package]\nname = "${name}"\n`
  const facts = await extractFacts({
    snapshot: snapshotOfFiles({
      'a/Cargo.toml': crate('a'),
      'a/src/lib.rs': '',
      'b/Cargo.toml': crate('b'),
      'b/src/lib.rs': '',
      'c/Cargo.toml': crate('c'),
      'c/src/lib.rs': '',
      'web/Cargo.toml': crate('web'),
      'web/src/main.rs':
        'use axum::{routing::get, Router};\nfn main() {\n    let app = Router::new().route("/walks", get(walks));\n    axum::serve(listener, app);\n}\n',
    }),
    name: 'x',
    signal: new AbortController().signal,
    progress: () => {},
  })
  expect(facts.repoType).toBe('app')
  expect(facts.repoTypeReasons).toContain('web/src/main.rs starts a server.')
})
