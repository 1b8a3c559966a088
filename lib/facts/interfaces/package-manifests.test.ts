import { expect, it } from 'vitest'
import { packageManifests } from './package-manifests.ts'

function read(path: string, lines: string[], paths: string[] = []) {
  const [manifest] = packageManifests([[path, lines.join('\n')]], new Set(paths))
  if (!manifest) throw new Error(`${path} was not read`)
  const { fact, dependencies, entryPoints, scripts } = manifest
  return {
    fact: [fact.kind, fact.name, fact.version, fact.description],
    dependencies: dependencies.map(({ name, range, kind, source }) => [name, range, kind, source.start]),
    entryPoints: entryPoints.map(({ kind, name, path: file, range }) => [kind, name, file, range.start]),
    scripts: scripts.map(({ name, invocation }) => [name, invocation]),
  }
}

it('reads a Cargo package with its library, binaries and dependencies', () => {
  const lines = [
    '[package]',
    'name = "way-home"',
    'version = "1.2.0"',
    'description = "Leads home"',
    '[[bin]]',
    'name = "way"',
    'path = "src/cli.rs"',
    '[dependencies]',
    'serde = { version = "1", optional = true }',
    'own = { path = "../own" }',
    '[dev-dependencies]',
    'rand = "0.8"',
  ]
  expect(read('way/Cargo.toml', lines, ['way/src/lib.rs', 'way/src/cli.rs'])).toMatchObject({
    fact: ['cargo', 'way-home', '1.2.0', 'Leads home'],
    dependencies: [
      ['serde', '1', 'optional', 9],
      ['rand', '0.8', 'development', 12],
    ],
    entryPoints: [
      ['export', 'way-home', 'way/src/lib.rs', 2],
      ['binary', 'way', 'way/src/cli.rs', 6],
    ],
  })
})

it('offers no Maven project that is packed as a program', () => {
  const pom = (plugin: string) => [
    '<project><artifactId>way</artifactId>',
    `<build><plugins><plugin><artifactId>${plugin}</artifactId></plugin></plugins></build></project>`,
  ]
  expect(read('pom.xml', pom('spring-boot-maven-plugin')).entryPoints).toEqual([])
  expect(read('pom.xml', pom('maven-jar-plugin')).entryPoints).toEqual([['export', 'way', null, 1]])
})

it('finds the programs that Cargo finds by itself', () => {
  const files = ['src/main.rs', 'src/bin/a.rs', 'src/bin/b/main.rs', 'src/bin/b/more.rs', 'other/src/bin/c.rs']
  expect(read('Cargo.toml', ['[package]', 'name = "x"'], files).entryPoints).toEqual([
    ['binary', 'x', 'src/main.rs', 2],
    ['binary', 'a', 'src/bin/a.rs', 2],
    ['binary', 'b', 'src/bin/b/main.rs', 2],
  ])
  expect(read('Cargo.toml', ['[package]', 'name = "x"', 'autobins = false'], files).entryPoints).toHaveLength(1)
})

it('reads Maven, .NET and CMake files', () => {
  const pom = [
    '<project>',
    '  <parent><groupId>org.home</groupId><version>3</version></parent>',
    '  <artifactId>way</artifactId>',
    '  <properties><v>1.5</v></properties>',
    '  <dependencies>',
    '    <!-- <dependency><groupId>no</groupId></dependency> -->',
    '    <dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>$'.concat(
      '{v}</version><scope>test</scope></dependency>',
    ),
    '  </dependencies>',
    '</project>',
  ]
  expect(read('pom.xml', pom)).toMatchObject({
    fact: ['maven', 'org.home:way', '3', null],
    dependencies: [['junit:junit', '1.5', 'development', 7]],
    entryPoints: [['export', 'org.home:way', null, 3]],
  })
  const project = [
    '<Project Sdk="Microsoft.NET.Sdk">',
    '  <PropertyGroup><OutputType>Exe</OutputType><Version>2.0</Version></PropertyGroup>',
    '  <ItemGroup><PackageReference Include="Way" Version="1.1" /></ItemGroup>',
    '</Project>',
  ]
  expect(read('src/Home/Home.csproj', project)).toMatchObject({
    fact: ['nuget', 'Home', '2.0', null],
    dependencies: [['Way', '1.1', 'runtime', 3]],
    entryPoints: [['main', 'Home', null, 2]],
  })
  const cmake = [
    'project(Way VERSION 1.0 DESCRIPTION "Leads home")',
    '# add_library(no)',
    'add_library(way src/way.c)',
    'find_package(ZLIB REQUIRED)',
  ]
  expect(read('CMakeLists.txt', cmake, ['src/way.c'])).toMatchObject({
    fact: ['cmake', 'Way', '1.0', 'Leads home'],
    dependencies: [['ZLIB', '*', 'build', 4]],
    entryPoints: [['export', 'way', 'src/way.c', 3]],
  })
})

it('reads gemspecs, composer.json and Gradle files', () => {
  const gemspec = [
    'Gem::Specification.new do |s|',
    "  s.name = 'way'",
    '  s.version = Way::VERSION',
    "  s.summary = 'Leads home'",
    "  s.executables = ['way']",
    "  s.add_dependency 'rack', '>= 2', '< 4'",
    "  s.add_development_dependency 'rspec'",
    'end',
  ]
  expect(read('way.gemspec', gemspec, ['lib/way.rb', 'exe/way'])).toMatchObject({
    fact: ['gem', 'way', null, 'Leads home'],
    dependencies: [
      ['rack', '>= 2, < 4', 'runtime', 6],
      ['rspec', '*', 'development', 7],
    ],
    entryPoints: [
      ['export', 'way', 'lib/way.rb', 2],
      ['binary', 'way', 'exe/way', 5],
    ],
  })
  const composer = [
    '{ "name": "home/way", "require": { "php": ">=8", "psr/log": "^3" },',
    '  "scripts": { "test": "phpunit", "post-install-cmd": "x" } }',
  ]
  expect(read('composer.json', composer)).toMatchObject({
    fact: ['composer', 'home/way', null, null],
    dependencies: [['psr/log', '^3', 'runtime', 1]],
    scripts: [['test', 'composer test']],
  })
  const gradle = [
    "plugins { id 'java-library' }",
    "version = '1.0'",
    'dependencies {',
    "  testImplementation 'junit:junit:4.13'",
    '  // api "a:b:1"',
    '}',
  ]
  expect(read('build.gradle', gradle)).toMatchObject({
    fact: ['gradle', null, '1.0', null],
    dependencies: [['junit:junit', '4.13', 'development', 4]],
    entryPoints: [['export', 'library', null, 1]],
  })
})

it('takes a Gradle project for a library when a plugin publishes it, not when its build imports from one', () => {
  const offers = (line: string) => read('way/build.gradle.kts', [line]).entryPoints.length
  expect(offers('plugins { id("com.vanniktech.maven.publish.base") }')).toBe(1)
  expect(offers('plugins { alias(libs.plugins.mavenPublish) }')).toBe(1)
  expect(offers('import com.vanniktech.maven.publish.JavadocJar')).toBe(0)
  expect(offers('plugins { alias(libs.plugins.kotlinJvm) }')).toBe(0)
})

it('reads a Mix project, attributes followed, with its aliases', () => {
  const lines = [
    'defmodule Walk.MixProject do',
    '  use Mix.Project',
    '  @version "1.4.0"',
    '  def project do',
    '    [app: :walk, version: @version, description: "Walks home", deps: deps()]',
    '  end',
    '  defp deps do',
    '    [',
    '      {:plug, "~> 1.14"},',
    '      {:local, path: "../local"},',
    '      {:ex_doc, "~> 0.3", only: :docs}',
    '    ]',
    '  end',
    '  defp aliases do',
    '    [',
    '      setup: ["deps.get", "assets.build"],',
    '      "assets.build": ["esbuild module"]',
    '    ]',
    '  end',
    'end',
  ]
  expect(read('mix.exs', lines)).toEqual({
    fact: ['hex', 'walk', '1.4.0', 'Walks home'],
    dependencies: [
      ['plug', '~> 1.14', 'runtime', 9],
      ['local', '*', 'runtime', 10],
      ['ex_doc', '~> 0.3', 'development', 11],
    ],
    entryPoints: [],
    scripts: [
      ['setup', 'mix setup'],
      ['assets.build', 'mix assets.build'],
    ],
  })
  expect(packageManifests([['mix.exs', 'app: :walk']], new Set())).toEqual([])
})

it('reads a setup.cfg as far as it states things, and none without a name', () => {
  const lines = [
    '[metadata]',
    'name = way',
    'version = attr: way.__version__',
    'description = Leads home.',
    '[options]',
    'install_requires =',
    '    requests[socks] >=2.22',
    '    # a remark',
    'python_requires = >=3.7',
    '[options.entry_points]',
    'console_scripts =',
    '    way = way.__main__:main',
    '[options.extras_require]',
    'test = pytest',
  ]
  expect(read('setup.cfg', lines, ['way/__main__.py'])).toEqual({
    fact: ['pypi', 'way', null, 'Leads home.'],
    dependencies: [
      ['requests', '>=2.22', 'runtime', 7],
      ['pytest', '*', 'optional', 14],
    ],
    entryPoints: [['binary', 'way', 'way/__main__.py', 12]],
    scripts: [],
  })
  expect(packageManifests([['setup.cfg', '[flake8]\nignore = E501\n']], new Set())).toEqual([])
})

it('reads a setup.py as far as it writes things out, and runs none of it', () => {
  const lines = [
    'import os',
    'from setuptools import setup, find_packages',
    "NAME = 'way-home'",
    'REQUIRED = [',
    "    'click>=8',  # the command line",
    "    'attrs',",
    ']',
    "EXTRA = ['rich']",
    'EXTRA.append(os.environ["MORE"])',
    'about = {}',
    'def setup_logging(): pass',
    'setup(',
    '    name=NAME,',
    "    version=about['version'],",
    "    description='Leads '",
    "    'home',",
    '    packages=find_packages(exclude=["tests"]),',
    "    install_requires=REQUIRED + ['idna (>=2,<4)'],",
    '    extras_require={',
    "        'fast': ['orjson; python_version > \"3.8\"'],",
    "        'more': EXTRA,",
    '    },',
    "    entry_points={'console_scripts': ['way = way.cli:main'], 'way.plugins': ['a = way.a']},",
    '    classifiers=[c for c in CLASSIFIERS],',
    "    license=f'{LICENCE}',",
    ')',
  ]
  expect(read('setup.py', lines, ['src/way/cli.py', 'src/way/__init__.py'])).toEqual({
    fact: ['pypi', 'way-home', null, 'Leads home'],
    dependencies: [
      ['click', '>=8', 'runtime', 5],
      ['attrs', '*', 'runtime', 6],
      ['idna', '>=2,<4', 'runtime', 18],
      ['orjson', '*', 'optional', 20],
    ],
    entryPoints: [['binary', 'way', 'src/way/cli.py', 23]],
    scripts: [],
  })
  const ini = [
    'setuptools.setup(name="x", entry_points="""',
    '[console_scripts]',
    'x = x:run',
    '[other]',
    'y = y:z',
    '""")',
  ]
  expect(read('setup.py', ini, ['x.py']).entryPoints).toEqual([['binary', 'x', 'x.py', 1]])
  expect(packageManifests([['setup.py', 'from own import setup\n\nsetup()\n']], new Set())).toEqual([])
  expect(packageManifests([['setup.py', 'setup(name=read_name())\n']], new Set())).toEqual([])
})

it('reads licences that a gemspec lists, and a description of Elixir on lines of its own', () => {
  const [gem] = packageManifests(
    [['a.gemspec', 'Gem::Specification.new do |s|\n  s.name = "a"\n  s.licenses = ["MIT", "Ruby"]\nend\n']],
    new Set(),
  )
  expect(gem?.fact.license).toBe('MIT')
  const mix = ['defmodule A.MixProject do', '  use Mix.Project', '  def project do', '    [', '      app: :a,']
  const described = [
    ...mix,
    '      description: """',
    '      Leads',
    '      home.',
    '      """',
    '    ]',
    '  end',
    'end',
  ]
  expect(read('mix.exs', described).fact).toEqual(['hex', 'a', null, 'Leads home.'])
})
