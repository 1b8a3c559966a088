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

async function keysOf(files: Record<string, string>): Promise<string[]> {
  const { configurationKeys } = await extract(files)
  return configurationKeys.map(
    ({ name, type, default: given, help, owner, range, usedIn }) =>
      `${range.path}:${range.start} ${owner} ${name} ${type} = ${given} # ${help}${usedIn.map((place) => ` @${place.path}:${place.start}`).join('')}`,
  )
}

it('reads settings classes, structs and schemas of the environment, with where they are read', async () => {
  const keys = await keysOf({
    'settings.py':
      'from pydantic_settings import BaseSettings\nclass Base(BaseSettings):\n    model_config = SettingsConfigDict(env_prefix="APP_")\n    port: int = Field(8000, description="Where")\n    token: str\nclass Plain(BaseModel):\n    no: int = 1\n',
    'use.py': 'x = settings.token\ny = other.token\n# settings nothing\n',
    'config.go':
      'package c\ntype Config struct {\n\t// Where.\n\tHost string `yaml:"host" default:"local"`\n\tDB DBConfig `yaml:"db"`\n\tLog struct {\n\t\tLevel string `yaml:"level"`\n\t} `yaml:"log"`\n\tSecret string `yaml:"-"`\n}\ntype DBConfig struct {\n\tURL string `yaml:"url" env:"DB_URL"`\n}\ntype Answer struct { No string `yaml:"no"` }\n',
    'viper.go':
      'package c\nimport "github.com/spf13/viper"\nfunc f() {\n\tviper.SetDefault("a.b", 3)\n\tviper.GetInt("a.b")\n\tcache.GetString("no")\n}\n',
    'config.rs':
      '#[derive(Debug, Deserialize)]\n#[serde(rename_all = "kebab-case")]\npub struct AppConfig {\n    /// Its name.\n    pub full_name: Option<String>,\n    #[serde(rename = "n")]\n    pub number: u8,\n    #[serde(skip)]\n    pub no: u8,\n}\n#[derive(Deserialize)]\nstruct Event { no: u8 }\n#[derive(Deserialize)]\nstruct NewHookConfig { no2: u8 }\n',
    'env.ts':
      "import { z } from 'zod'\nexport const schema = z.object({ LOG_LEVEL: z.enum(['a', 'b']).default('a').describe('How much'), PORT: z.coerce.number() })\nschema.parse(process.env)\nconst body = z.object({ name: z.string() })",
    'envalid.ts':
      "import { cleanEnv, port } from 'envalid'\nexport const env = cleanEnv(process.env, { HTTP_PORT: port({ default: 3000, desc: 'Where' }) })",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is Spring's own notation
    'V.java': 'class V {\n @Value("${a.b:7}") int b;\n @Value("plain") int no;\n}\n',
  })
  expect(keys).toEqual([
    'V.java:2 @Value a.b int = 7 # null',
    'config.go:4 Config host string = local # Where.',
    'config.go:7 Config log.level string = null # null',
    'config.go:12 Config db.url string = null # null',
    'config.rs:5 AppConfig full-name String = null # Its name.',
    'config.rs:7 AppConfig n u8 = null # null',
    "env.ts:2 schema LOG_LEVEL ['a', 'b'] = a # How much",
    'env.ts:2 schema PORT number = null # null',
    'envalid.ts:2 cleanEnv HTTP_PORT port = 3000 # Where',
    'settings.py:4 Base port int = 8000 # Where',
    'settings.py:5 Base token str = null # null @use.py:1',
    'viper.go:4 viper a.b int = 3 # null',
  ])
})

it('reads schemas and samples of configuration files, and no schema of data', async () => {
  const keys = await keysOf({
    'config.schema.json':
      '{\n "$schema": "https://json-schema.org/draft-07/schema",\n "properties": {\n  "port": { "type": "integer", "default": 80, "description": "Where" },\n  "db": { "$ref": "#/definitions/db" }\n },\n "definitions": { "db": { "type": "object", "properties": { "url": { "enum": ["a", "b"] } } } }\n}',
    'user.schema.json': '{ "type": "object", "properties": { "no": { "type": "string" } } }',
    'config.example.yml':
      '# Where to listen.\nserver:\n  # The port.\n  port: 80\n  hosts: [a]\nname: x # its name\nother:\n  <<: *no\n',
    'app.toml.sample': '# Top\n[db]\n# Its address\nurl = "a"\n# size = 3\n',
    'test/config.example.yml': 'no: 1\n',
    '.vscode/settings.example.json': '{ "no": 1 }',
    'other.yml': 'no: 1\n',
  })
  expect(keys).toEqual([
    'app.toml.sample:4 app.toml.sample db.url string = a # Its address',
    'config.example.yml:4 config.example.yml server.port number = 80 # The port.',
    'config.example.yml:5 config.example.yml server.hosts list = null # null',
    'config.example.yml:6 config.example.yml name string = x # its name',
    'config.schema.json:4 config.schema.json port integer = 80 # Where',
    'config.schema.json:5 config.schema.json db object = null # null',
    'config.schema.json:7 config.schema.json db.url a | b = null # null',
  ])
})

it('finds variables of containers, settings classes and tags', async () => {
  const { environment } = await extract({
    // biome-ignore-start lint/suspicious/noTemplateCurlyInString: this is the notation of compose files
    'compose.yml':
      'services:\n  app:\n    build: .\n    environment:\n      PORT: ${PORT:-80}\n      SECRET: ${SECRET}\n  db:\n    image: postgres\n    environment:\n      POSTGRES_USER: no\n',
    // biome-ignore-end lint/suspicious/noTemplateCurlyInString: it ends here
    Dockerfile:
      'FROM node AS build\nENV NO=1\nFROM node\nENV MODE=fast \\\n    PATH="/x:$PATH" LIMIT=3\n# ENV NO2=1\nCMD ["node", "."]\n',
    'settings.py': 'class S(BaseSettings):\n    port: int = 1\n',
    'a.php': "<?php\n$a = env('RATE', 1); $b = $x->env('NO5', 2);\n",
    'b.rb': "ENV.fetch('SMTP_PORT', 25)\n# ENV['NO6']\nENV['SITE'] || 'home'\n",
    'd.lua': 'local a = os.getenv("WAY") or "home"\nlocal b = os.getenv("NO7_" .. version)\n',
    'c.py': '# os.environ["NO3"]\ns = "os.getenv(\'NO4\')"\n',
  })
  expect(
    environment.map(({ name, default: given, ranges }) => `${name} = ${given} ${ranges[0]?.path}:${ranges[0]?.start}`),
  ).toEqual([
    'LIMIT = 3 Dockerfile:5',
    'MODE = fast Dockerfile:4',
    'PORT = 1 compose.yml:5',
    'RATE = 1 a.php:2',
    'SECRET = null compose.yml:6',
    'SITE = home b.rb:3',
    'SMTP_PORT = 25 b.rb:1',
    'WAY = home d.lua:1',
  ])
})

it('reads the commands of a recipe as `make` does: over lines that go on, empty ones and remarks', async () => {
  const recipe = '\t@docker build \\\n\t\t--push \\\n\t\t-t app .\n\n\t# Only here\n\t-rm -f $$a\n\nOTHER = 1\n'
  const { scripts } = await extract({ Makefile: `image: a | b\n${recipe}all: image | out\nobjects: $(OBJ)\n` })
  expect(scripts.map(({ name, command, range }) => [name, command, range.start, range.end])).toEqual([
    ['image', 'docker build --push -t app .\nrm -f $a', 1, 7],
    ['all', 'make image out', 10, 10],
    ['objects', '$(OBJ)', 11, 11],
  ])
})

it('finds tasks of every runner with help and where they are started again', async () => {
  const { scripts } = await extract({
    'package.json': '{ "scripts": { "build": "tsc", "all": "npm run build && echo npm run-x" } }',
    Makefile: '## Builds it.\nbuild: ## Build all\n\tcc\n# Runs the tests\n.PHONY: test\ntest:\n\tmake build\n',
    'Taskfile.yml': 'tasks:\n  lint:\n    desc: Looks\n    cmds:\n      - ruff\n  inner:\n    internal: true\n',
    '.github/workflows/ci.yml':
      'name: CI\non: push\njobs:\n  test:\n    steps:\n      - uses: a\n      - run: npm run build\n',
    '.gitlab-ci.yml': 'stages: [a]\n.hidden:\n  script: x\nunit:\n  stage: test\n  script:\n    - make test\n',
    'docker-compose.yml': 'services:\n  web:\n    image: nginx\n',
    Dockerfile: 'FROM a\nCMD ["node", "x.js"]\n',
    'noxfile.py':
      'import nox\n@nox.session(name="unit", python=["3"])\ndef tests(session):\n    """Runs them."""\n    session.run("pytest", "-q")\ndef helper(session): pass\n',
    Rakefile: 'namespace :db do\n  desc "Makes it"\n  task :make => :env do\n  end\nend\ntask :default => :x\n',
  })
  expect(
    scripts.map(
      ({ runner, name, invocation, help, command, range, usedIn }) =>
        `${range.path}:${range.start}-${range.end} ${runner} ${name} | ${invocation} | ${command} # ${help}${usedIn.map((place) => ` @${place.path}:${place.start}`).join('')}`,
    ),
  ).toEqual([
    '.github/workflows/ci.yml:4-7 github-actions test |  | npm run build # CI',
    '.gitlab-ci.yml:4-7 gitlab-ci unit |  | make test # test',
    'Dockerfile:1-2 docker Dockerfile | docker build . | node x.js # null',
    'Makefile:2-3 make build | make build | cc # Build all @Makefile:7',
    'Makefile:6-7 make test | make test | make build # Runs the tests @.gitlab-ci.yml:7',
    'Rakefile:3-3 rake db:make | rake db:make |  # Makes it',
    'Taskfile.yml:2-5 task lint | task lint | ruff # Looks',
    'docker-compose.yml:2-3 docker-compose web | docker compose up web | nginx # null',
    'noxfile.py:2-5 nox unit | nox -s unit | pytest -q # Runs them.',
    'package.json:1-1 npm all | npm run all | npm run build && echo npm run-x # null',
    'package.json:1-1 npm build | npm run build | tsc # null @.github/workflows/ci.yml:7',
  ])
})
