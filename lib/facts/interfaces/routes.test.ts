import { expect, it } from 'vitest'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'

async function routesOf(files: Record<string, string>): Promise<string[]> {
  const { routes } = await extractFacts({
    snapshot: snapshotOfFiles(files),
    name: 'x',
    signal: new AbortController().signal,
    progress: () => {},
  })
  return routes.map(({ method, path, handler, range }) => `${range.path}:${range.start} ${method} ${path} ${handler}`)
}

it('puts prefixes of routers mounted in other files in front of the paths of JavaScript routers', async () => {
  const found = await routesOf({
    'app.js': `const express = require('express')
const users = require('./users')
import { pets as petRouter } from './pets.js'
const app = express()
app.use('/api', users)
app.use('/api/pets', auth, petRouter)
app.get(['/a', '/b'], show)
app.get('title')`,
    'users.js':
      "const router = require('express').Router()\nrouter.get('/', list)\nrouter.route('/:id').put(save).delete(drop)\nmodule.exports = router",
    'pets.js':
      "import { Router } from 'express'\nexport const pets = Router()\nexport const other = Router()\npets.post('/', add)\nother.get('/o', o)",
    'hono.ts':
      "import { Hono } from 'hono'\nconst app = new Hono().basePath('/v1')\nconst sub = new Hono().get('/x', (c) => c.text('')).post('/y', y)\napp.route('/sub', sub)\nexport default app",
    'plugin.ts': "export default async function (fastify: FastifyInstance) {\n  fastify.get('/plug', handler)\n}",
    'server.ts':
      "import fastify from 'fastify'\nimport plugin from './plugin.ts'\nconst server = fastify()\nserver.register(plugin, { prefix: '/p' })\nserver.route({ method: ['GET', 'HEAD'], url: '/r', handler: h })",
    'cats.controller.ts':
      "import { Controller, Get } from '@nestjs/common'\n@Controller('cats')\nexport class Cats {\n  @Get(':id')\n  one() {}\n  @Post()\n  add() {}\n}\nclass Plain { @Get('no') no() {} }",
    'near.ts':
      "import axios from 'axios'\nconst map = new Map()\nmap.get('/no')\naxios.get('/no2', { headers })\nclient.post('/no3', body)\nfunction f(app) { app.get('/no4', { json: true }); app.get('/no5', (error, body) => {}) }\nfunction g(api) { return api.get('/no6') }",
    'app.test.ts': "import express from 'express'\nconst app = express()\napp.get('/no7', x)",
  })
  expect(found).toEqual([
    'app.js:7 GET /a show',
    'app.js:7 GET /b show',
    'cats.controller.ts:4 GET /cats/:id one',
    'cats.controller.ts:6 POST /cats add',
    'hono.ts:3 GET /v1/sub/x null',
    'hono.ts:3 POST /v1/sub/y y',
    'pets.js:4 POST /api/pets add',
    'pets.js:5 GET /o o',
    'plugin.ts:2 GET /p/plug handler',
    'server.ts:5 GET /r h',
    'server.ts:5 HEAD /r h',
    'users.js:2 GET /api list',
    'users.js:3 DELETE /api/:id drop',
    'users.js:3 PUT /api/:id save',
  ])
})

it('follows routers of FastAPI, blueprints of Flask and URL configurations of Django', async () => {
  const found = await routesOf({
    'app/main.py':
      'from fastapi import FastAPI\nfrom app.routes import users\nfrom app.routes.pets import router as pets\napp = FastAPI()\napp.include_router(users.router, prefix="/users")\napp.include_router(pets)\n',
    'app/__init__.py': '',
    'app/routes/__init__.py': '',
    'app/routes/users.py':
      'from fastapi import APIRouter\nrouter = APIRouter()\n@router.get("/{id}")\nasync def one(): pass\n',
    'app/routes/pets.py':
      'from fastapi import APIRouter\nrouter = APIRouter(prefix="/pets")\n@router.post("/")\nasync def add(): pass\n',
    'flaskr.py':
      'from flask import Blueprint, Flask\nbp = Blueprint("b", __name__, url_prefix="/b")\n@bp.route("/x", methods=["POST"])\ndef x(): pass\napp.add_url_rule("/y", view_func=y)\n',
    'site/urls.py':
      "from django.urls import include, path, re_path\nurlpatterns = [\n  path('shop/', include('shop.urls')),\n  path('', views.home, name='home'),\n]\n",
    'shop/__init__.py': '',
    'shop/urls.py':
      "from django.urls import path, re_path\nurlpatterns = [\n  path('items/<int:pk>/', views.Item.as_view()),\n  re_path(r'^old/(?P<slug>[\\w-]+)/$', views.old),\n]\n",
    'near.py':
      'import requests\nfrom flask import g\nrequests.get("/no")\n@cache.get("/no2")\ndef f(): pass\nself.client.get("/no3")\n',
  })
  expect(found).toEqual([
    'app/routes/pets.py:3 POST /pets/ add',
    'app/routes/users.py:3 GET /users/{id} one',
    'flaskr.py:3 POST /b/x x',
    'flaskr.py:5 GET /y y',
    'shop/urls.py:3 ANY /shop/items/<int:pk>/ views.Item',
    'shop/urls.py:4 ANY /shop/old/<slug>/ views.old',
    'site/urls.py:4 ANY / views.home',
  ])
})

it('follows groups of gin, chi, gorilla and net/http, also into the functions they are handed to', async () => {
  const found = await routesOf({
    'go.mod': 'module m\n',
    'main.go':
      'package main\nimport (\n\t"github.com/gin-gonic/gin"\n\t"m/users"\n)\nfunc main() {\n\tr := gin.Default()\n\tapi := r.Group("/api")\n\tv1 := api.Group("/v1")\n\tv1.GET("/ping", ping)\n\tusers.Register(v1.Group("/users"))\n\tclient.GET("/no", &out)\n}\n',
    'users/routes.go':
      'package users\nimport "github.com/gin-gonic/gin"\nfunc Register(g *gin.RouterGroup) {\n\tg.POST("", create)\n\tg.Handle("PUT", "/:id", save)\n}\n',
    'chi.go':
      'package main\nimport "github.com/go-chi/chi/v5"\nfunc c() {\n\tr := chi.NewRouter()\n\tr.Route("/a", func(r chi.Router) {\n\t\tr.With(x).Get("/b", b)\n\t})\n\tr.Mount("/admin", adminRouter())\n\tstore.Get("/no", x)\n}\nfunc adminRouter() chi.Router {\n\tr := chi.NewRouter()\n\tr.Get("/", home)\n\treturn r\n}\n',
    'mux.go':
      'package main\nimport (\n\t"net/http"\n\t"github.com/gorilla/mux"\n)\nfunc m(h *http.ServeMux) {\n\tr := mux.NewRouter()\n\ts := r.PathPrefix("/s").Subrouter()\n\ts.HandleFunc("/x", x).Methods("GET", http.MethodPost)\n\th.HandleFunc("DELETE /y/{id}", y)\n\thttp.Get("/no")\n\tresp.Handle("/no2", z)\n}\n',
  })
  expect(found).toEqual([
    'chi.go:6 GET /a/b b',
    'chi.go:13 GET /admin home',
    'main.go:10 GET /api/v1/ping ping',
    'mux.go:9 GET /s/x x',
    'mux.go:9 POST /s/x x',
    'mux.go:10 DELETE /y/{id} y',
    'users/routes.go:4 POST /api/v1/users create',
    'users/routes.go:5 PUT /api/v1/users/:id save',
  ])
})

it('finds routes of axum, actix, Spring, Rails, Sinatra, Laravel and Slim', async () => {
  const found = await routesOf({
    'src/ax.rs':
      'use axum::{routing::get, Router};\nfn app() -> Router {\n    let api = Router::new().route("/u", get(list).post(users::add));\n    Router::new().nest("/api", api).nest("/in", Router::new().route("/x", get(x))).merge(more())\n}\nfn more() -> Router { Router::new().route("/m", any(m)) }\n#[cfg(test)]\nmod tests { fn t() { Router::new().route("/no", get(x)); } }\n',
    'src/ac.rs':
      'use actix_web::{get, web};\n#[get("/hi/{n}")]\nasync fn hi() {}\nfn c(cfg: &mut web::ServiceConfig) {\n    cfg.service(web::scope("/s").service(hi).service(web::resource("/r").route(web::put().to(r))).route("/t", web::get().to(t)));\n}\n',
    'P.java':
      '@RestController @RequestMapping("/p")\nclass P {\n  @GetMapping({"/a", "/b"}) void ab() {}\n  @RequestMapping(value = "/c", method = {RequestMethod.PUT}) void c() {}\n}\n@FeignClient interface F { @GetMapping("/no") void no(); }\n',
    'config/routes.rb':
      'Rails.application.routes.draw do\n  root "home#index"\n  namespace :admin do\n    resources :posts, only: [:index, :show] do\n      post :publish, on: :member\n      resources :comments, only: :create\n    end\n  end\n  get "old", to: redirect("/new")\n  get "about" => "pages#about"\n  resource :profile, except: [:new, :edit, :destroy]\nend\n',
    'web.rb':
      "require 'sinatra'\nget '/hello/:name' do\n  get '/no'\nend\ndef ask\n  get '/no2' do\n  end\nend\ncache.get '/no3' do\nend\n",
    'routes/api.php':
      "<?php\nRoute::prefix('v1')->group(function () {\n  Route::get('/x/{id}', [X::class, 'show']);\n  Route::apiResource('photos', PhotoController::class)->only(['index', 'destroy']);\n});\nCache::get('/no');\n",
    'slim.php':
      "<?php\nuse Slim\\App;\n$app->group('/g', function ($group) {\n  $group->map(['GET', 'POST'], '/y', Y::class . ':go');\n});\n$client->get('/no', []);\n",
  })
  expect(found).toEqual([
    'P.java:3 GET /p/a ab',
    'P.java:3 GET /p/b ab',
    'P.java:4 PUT /p/c c',
    'config/routes.rb:2 GET / home#index',
    'config/routes.rb:4 GET /admin/posts admin/posts#index',
    'config/routes.rb:4 GET /admin/posts/:id admin/posts#show',
    'config/routes.rb:5 POST /admin/posts/:id/publish admin/posts#publish',
    'config/routes.rb:6 POST /admin/posts/:post_id/comments admin/comments#create',
    'config/routes.rb:9 GET /old null',
    'config/routes.rb:10 GET /about pages#about',
    'config/routes.rb:11 GET /profile profiles#show',
    'config/routes.rb:11 PATCH /profile profiles#update',
    'config/routes.rb:11 POST /profile profiles#create',
    'routes/api.php:3 GET /api/v1/x/{id} X@show',
    'routes/api.php:4 DELETE /api/v1/photos/{photo} PhotoController@destroy',
    'routes/api.php:4 GET /api/v1/photos PhotoController@index',
    'slim.php:4 GET /g/y Y:go',
    'slim.php:4 POST /g/y Y:go',
    'src/ac.rs:2 GET /s/hi/{n} hi',
    'src/ac.rs:5 GET /s/t t',
    'src/ac.rs:5 PUT /s/r r',
    'src/ax.rs:3 GET /api/u list',
    'src/ax.rs:3 POST /api/u users::add',
    'src/ax.rs:4 GET /in/x x',
    'src/ax.rs:6 ANY /m m',
    'web.rb:2 GET /hello/:name null',
  ])
})
