import type { RawScript } from '#lib/facts/parse/parsed-file.ts'
import { type YamlEntry, type YamlFile, yamlFile, yamlItems, yamlText } from './yaml-entries.ts'

/** Jobs and tasks of workflow, GitLab, Taskfile and compose files. Jobs are started by a machine: nobody types them. */
export function yamlScripts(path: string, text: string): RawScript[] {
  const kind = KINDS.find(([pattern]) => pattern.test(path))
  const file = kind ? yamlFile(text) : null
  return kind && file ? kind[1](file, path) : []
}

const KINDS: [RegExp, (file: YamlFile, path: string) => RawScript[]][] = [
  [/^\.github\/workflows\/[^/]+\.ya?ml$/, workflowJobs],
  [/(?:^|\/)\.gitlab-ci\.yml$/, gitlabJobs],
  [/(?:^|\/)Taskfile(?:\.dist)?\.ya?ml$/i, taskfileTasks],
  [/(?:^|\/)(?:docker-)?compose[^/]*\.ya?ml$/, composeServices],
]

function rangeOf(path: string, { start, end }: YamlEntry): RawScript['range'] {
  return { path, start, end }
}

function valueAt(file: YamlFile, node: unknown, key: string): unknown {
  return file.entries(node).find((entry) => entry.key === key)?.value
}

function workflowJobs(file: YamlFile, path: string): RawScript[] {
  const workflow = yamlText(valueAt(file, file.root, 'name')) ?? path.replace(/^.*\/|\.ya?ml$/g, '')
  return file.entries(valueAt(file, file.root, 'jobs')).map((job) => {
    const steps = yamlItems(valueAt(file, job.value, 'steps'))
    const runs = steps.flatMap((step) => yamlText(valueAt(file, step, 'run'))?.trim() ?? [])
    const called = yamlText(valueAt(file, job.value, 'uses'))
    const help = yamlText(valueAt(file, job.value, 'name'))
    return {
      name: job.key,
      command: runs.join('\n') || (called ?? ''),
      runner: 'github-actions',
      invocation: '',
      help: help && help !== job.key ? `${workflow}: ${help}` : workflow,
      range: rangeOf(path, job),
    }
  })
}

const NO_JOB =
  /^(?:stages|variables|default|include|workflow|image|services|cache|before_script|after_script|pages:deploy|spec)$/

function gitlabJobs(file: YamlFile, path: string): RawScript[] {
  return file.entries(file.root).flatMap((job) => {
    const lines = yamlItems(valueAt(file, job.value, 'script')).flatMap((line) => yamlText(line) ?? [])
    if (NO_JOB.test(job.key) || job.key.startsWith('.') || lines.length === 0) return []
    const stage = yamlText(valueAt(file, job.value, 'stage'))
    return [
      {
        name: job.key,
        command: lines.join('\n'),
        runner: 'gitlab-ci',
        invocation: '',
        help: stage,
        range: rangeOf(path, job),
      },
    ]
  })
}

function taskfileTasks(file: YamlFile, path: string): RawScript[] {
  return file.entries(valueAt(file, file.root, 'tasks')).flatMap((task) => {
    if (yamlText(valueAt(file, task.value, 'internal')) === 'true') return []
    const written =
      valueAt(file, task.value, 'cmds') ??
      valueAt(file, task.value, 'cmd') ??
      (file.entries(task.value).length === 0 ? task.value : null)
    const lines = yamlItems(written).flatMap(
      (line) => yamlText(line) ?? yamlText(valueAt(file, line, 'cmd')) ?? yamlText(valueAt(file, line, 'task')) ?? [],
    )
    const help = yamlText(valueAt(file, task.value, 'desc')) ?? yamlText(valueAt(file, task.value, 'summary'))
    const dir = path.includes('/') ? ` -d ${path.slice(0, path.lastIndexOf('/'))}` : ''
    return [
      {
        name: task.key,
        command: lines.join('\n'),
        runner: 'task',
        invocation: `task${dir} ${task.key}`,
        help,
        range: rangeOf(path, task),
      },
    ]
  })
}

function composeServices(file: YamlFile, path: string): RawScript[] {
  const isDefault = /^(?:docker-compose|compose)\.ya?ml$/.test(path)
  return file.entries(valueAt(file, file.root, 'services')).map((service) => {
    const image = yamlText(valueAt(file, service.value, 'image'))
    const command = yamlItems(valueAt(file, service.value, 'command'))
      .flatMap((part) => yamlText(part) ?? [])
      .join(' ')
    const invocation = `docker compose${isDefault ? '' : ` -f ${path}`} up ${service.key}`
    return {
      name: service.key,
      command: command || (image ?? ''),
      runner: 'docker-compose',
      invocation,
      help: command && image ? image : null,
      range: rangeOf(path, service),
    }
  })
}
