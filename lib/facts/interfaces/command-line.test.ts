import { expect, it } from 'vitest'
import { extractFacts } from '#lib/facts/extract-facts.ts'
import { snapshotOfFiles } from '#lib/testing/snapshot-of-files.ts'

async function found(
  files: Record<string, string>,
): Promise<{ flags: string[]; commands: string[]; variables: string[] }> {
  const facts = await extractFacts({
    snapshot: snapshotOfFiles(files),
    name: 'x',
    signal: new AbortController().signal,
    progress: () => {},
  })
  return {
    flags: facts.flags.map(
      ({ name, aliases, command, type, default: given, help, range }) =>
        `${range.path}:${range.start} ${command ?? ''} ${[name, ...aliases].join()} ${type} = ${given} # ${help}`,
    ),
    commands: facts.commands.map(
      ({ name, aliases, help, range }) => `${range.path}:${range.start} ${[name, ...aliases].join()} # ${help}`,
    ),
    variables: facts.environment.map(({ name, default: given }) => `${name} = ${given}`),
  }
}

it('reads clap, derived and built, with the command of each flag', async () => {
  const { flags, commands, variables } = await found({
    'a.rs': `use clap::{Parser, Subcommand};
#[derive(Debug, Parser)]
struct Cli {
    /// Where to listen.
    ///
    /// More.
    #[arg(short, long, env = "PORT", default_value_t = 80)]
    port_number: u16,
    #[clap(long = "no-color", help = "Plain", value_parser = |s: &str| parse(s))]
    plain: Option<bool>,
    path: String,
    #[command(subcommand)]
    command: Cmd,
}
#[derive(Subcommand)]
enum Cmd {
    /// Adds one
    #[command(visible_alias = "a")]
    AddOne { #[arg(long)] all: bool },
    Rm(RmArgs),
}
#[derive(clap::Args)]
struct RmArgs { #[arg(short = 'f')] force: bool }
#[derive(Parser)]
struct Grammar { #[token(long)] no: bool, }
struct Plain { #[serde(long)] no: bool }
`,
    'b.rs':
      'use clap::{Arg, Command};\nfn c() -> Command {\n  Command::new("x").arg(Arg::new("pace").long("pace").short(\'p\').help("How \\"fast\\":\\n \\\n      at all").default_value("3"))\n    .subcommand(Command::new("go").about("Goes").arg(Arg::new("to").long("to")))\n    .arg(Arg::new("positional"))\n}\n',
  })
  expect(flags).toEqual([
    'a.rs:8  --port-number,-p u16 = 80 # Where to listen.',
    'a.rs:10  --no-color bool = null # Plain',
    'a.rs:19 add-one --all bool = null # null',
    'a.rs:23 rm -f bool = null # null',
    'b.rs:3 x --pace,-p null = 3 # How "fast": at all',
    'b.rs:5 go --to null = null # null',
  ])
  expect(commands).toEqual(['a.rs:19 add-one,a # Adds one', 'a.rs:20 rm # null', 'b.rs:5 go # Goes'])
  expect(variables).toEqual(['PORT = 80'])
})

it('reads typer, click and argparse commands', async () => {
  const { flags, commands } = await found({
    'a.py': `import typer
app = typer.Typer()
@app.command("walk")
def walk_it(to: str, fast: bool = False, pace: int = typer.Option(3, "--pace", "-p", help="How fast", envvar="PACE"), mode: Annotated[str, typer.Option(help="m")] = "x"):
    """Walks."""
def helper(name: str = "no"): pass`,
    'b.py':
      'import click\n@click.group()\ndef cli(): pass\n@cli.command()\n@click.option("--all/--none", default=True)\ndef list_cmd():\n    """Lists.\n\n    More."""\n',
    'c.py': 'import argparse\nsub.add_parser("run", help="Runs", aliases=["r"])\nother.add_argument("name")\n',
    'd.py': 'parser.add_argument("--no")\n@app.command()\ndef no(x: int = 1): pass\n',
  })
  expect(flags).toEqual([
    'a.py:4 walk --fast bool = False # null',
    'a.py:4 walk --mode str = x # m',
    'a.py:4 walk --pace,-p int = 3 # How fast',
    'b.py:5 list --all,--none null = True # null',
  ])
  expect(commands).toEqual(['a.py:3 walk # Walks.', 'b.py:4 list # Lists.', 'c.py:2 run,r # Runs'])
})

it('puts the words of typer and click commands together, across files too', async () => {
  const { flags, commands } = await found({
    'walk/main.py': `import typer
from walk.admin import admin_app
from walk.go import go_far
app = typer.Typer(help="Walks")
app.add_typer(admin_app, name="manage")
app.command("go")(go_far)
`,
    'walk/admin.py': `import typer
admin_app = typer.Typer(name="admin", help="Admin commands")
users_app = typer.Typer(name="users")
admin_app.add_typer(users_app)
@users_app.command("list")
def list_users(wide: bool = False):
    """Lists users."""
`,
    'walk/go.py': `import typer
def go_far(pace: int = typer.Option(3, "--pace")):
    """Goes far."""
def helper(a: int = 1): pass
`,
    'c.py':
      'import click\n@click.group()\ndef cli(): pass\n@cli.group()\ndef db(): pass\n@db.command()\n@click.option("--all")\ndef drop(): pass\n',
  })
  expect(commands).toEqual([
    'c.py:4 db # null',
    'c.py:6 db drop # null',
    'walk/admin.py:2 manage # Admin commands',
    'walk/admin.py:3 manage users # null',
    'walk/admin.py:5 manage users list # Lists users.',
    'walk/go.py:2 go # Goes far.',
  ])
  expect(flags.map((flag) => flag.split(' = ')[0])).toEqual([
    'c.py:7 db drop --all null',
    'walk/admin.py:6 manage users list --wide bool',
    'walk/go.py:2 go --pace int',
  ])
})

it('reads citty, commander, cobra, urfave and picocli, and nothing from look-alikes', async () => {
  const { flags, commands, variables } = await found({
    'a.ts':
      "import { defineCommand } from 'citty'\nexport default defineCommand({ meta: { name: 'dev', description: 'Starts' }, args: { port: { type: 'string', alias: 'p', default: '80', description: 'Port' }, dir: { type: 'positional' } } })",
    'b.ts':
      "import { program } from 'commander'\nprogram.command('build <dir>').alias('b').description('Builds').option('-w, --watch', 'again')\nbus.command('$internal')\nconst up = new Command('up').description('Ups')\nconst program2 = new Command()",
    'c.go':
      'package c\nimport ("github.com/spf13/cobra"; "github.com/spf13/pflag")\nfunc n() {\n\tcmd := &cobra.Command{Use: "make <x>", Short: "Makes", Aliases: []string{"mk"}}\n\tcmd.Flags().CountP("verbose", "v", "more")\n\tcmd.Flags().VarP(&x, "kind", "k", "which")\n\tm.Count("no")\n}\n',
    'd.go':
      'package d\nimport "github.com/urfave/cli/v2"\nvar app = &cli.App{Flags: []cli.Flag{&cli.StringFlag{Name: "host", Aliases: []string{"H"}, Value: "local", Usage: "Where", EnvVars: []string{"HOST"}}}, Commands: []*cli.Command{{Name: "up", Usage: "Ups", Flags: []cli.Flag{&cli.BoolFlag{Name: "q"}}}}}\n',
    'E.java':
      'import picocli.CommandLine.*;\n@Command(name = "tool", description = "Does")\nclass E {\n  @Option(names = {"-n", "--name"}, description = "Who", defaultValue = "me") String name;\n  @Parameters String no;\n}\n',
    'near.ts': "bot.command('start', reply)\nstore.option('--no', 'x')",
  })
  expect(flags).toEqual([
    'E.java:4 tool --name,-n String = me # Who',
    'a.ts:2 dev --port,-p string = 80 # Port',
    'b.ts:2 build --watch,-w null = null # again',
    'c.go:5 make --verbose,-v count = null # more',
    'c.go:6 make --kind,-k null = null # which',
    'd.go:3  --host,-H string = local # Where',
    'd.go:3 up -q bool = null # null',
  ])
  expect(commands).toEqual([
    'E.java:2 tool # Does',
    'a.ts:2 dev # Starts',
    'b.ts:2 build,b # Builds',
    'b.ts:4 up # Ups',
    'c.go:4 make,mk # Makes',
    'd.go:3 up # Ups',
  ])
  expect(variables).toEqual(['HOST = local'])
})

it('puts the words of cobra commands together across files, and leaves apart what is not added to anything', async () => {
  const go = (name: string, ...lines: string[]) =>
    [
      `package ${name}`,
      'import ("github.com/spf13/cobra"; prCmd "way.dev/gh/pkg/pr"; "way.dev/gh/pkg/pr/create")',
      ...lines,
    ].join('\n')
  const { flags, commands } = await found({
    'go.mod': 'module way.dev/gh\n',
    'cmd/gh/main.go': 'package main\nfunc main() {}\n',
    'pkg/root/root.go': go(
      'root',
      'func New() *cobra.Command {',
      '  cmd := &cobra.Command{Use: "gh <command>", Short: "All"}',
      '  cmd.PersistentFlags().Bool("plain", false, "no colours")',
      '  cmd.AddCommand(prCmd.NewPR(f), prCmd.Unknown(f))',
      '  cmd.AddCommand(&cobra.Command{Use: "version"}, func() *cobra.Command { c := &cobra.Command{Use: "help"}; return c }())',
      '  return cmd',
      '}',
    ),
    'pkg/pr/pr.go': go(
      'pr',
      'func NewPR(f F) *cobra.Command {',
      '  cmd := &cobra.Command{Use: "pr <command>", RunE: func() error { return nil }}',
      '  AddGroup(cmd, "General", create.NewCreate(f, nil))',
      '  list.AddCommand(other)',
      '  return cmd',
      '}',
    ),
    'pkg/pr/create/create.go': go(
      'create',
      'func NewCreate(f F, run R) *cobra.Command {',
      '  cmd := cobra.Command{Use: "create"}',
      '  cmd.Flags().String("title", "", "what it is about")',
      '  return &cmd',
      '}',
      'func NewLonely() *cobra.Command { cmd := &cobra.Command{Use: "lonely"}; return cmd }',
    ),
    'tool/a.go': go('tool', 'var rootCmd = &cobra.Command{Use: "tool"}', 'func init() { rootCmd.AddCommand(up) }'),
    'tool/b.go': go(
      'tool',
      'var up = &cobra.Command{Use: "up"}',
      'func init() { up.Flags().Bool("now", false, "at once") }',
    ),
  })
  expect(commands).toEqual([
    'pkg/pr/create/create.go:4 pr create # null',
    'pkg/pr/create/create.go:8 lonely # null',
    'pkg/pr/pr.go:4 pr # null',
    'pkg/root/root.go:7 help # null',
    'pkg/root/root.go:7 version # null',
    'tool/b.go:3 up # null',
  ])
  expect(flags).toEqual([
    'pkg/pr/create/create.go:5 pr create --title string = null # what it is about',
    'pkg/root/root.go:5  --plain bool = false # no colours',
    'tool/b.go:4 up --now bool = false # at once',
  ])
})
