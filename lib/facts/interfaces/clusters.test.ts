import { expect, it } from 'vitest'
import { factsOf } from '#lib/testing/facts-of.ts'

it('knows the values of a Helm chart, what is said of them and which templates read them', async () => {
  const { configurationKeys } = await factsOf({
    'charts/shop/Chart.yaml': 'name: shop\n',
    'charts/shop/values.yaml':
      '# Default values.\n\n# -- How many run.\nreplicas: 2\nimage:\n  repository: shop\n  # tag: old\n  tag: ""\n## @param limits.cpu How much it may take\nlimits:\n  cpu: 1\nextra: {}\n',
    'charts/shop/templates/a.yaml':
      'kind: Deployment\nspec:\n  replicas: {{ .Values.replicas }}\n  image: {{ .Values.image | quote }}\n  x: {{ .Values.replicasMax }}\n  {{- if hasKey .Values.image "none" }}\n  tag: {{ .Values.image.tag }}\n',
    'other/values.yaml': 'no: 1\n',
    'charts/shop/examples/values.yaml': 'no: 1\n',
  })
  expect(
    configurationKeys.map(
      ({ name, type, default: given, help, range, usedIn }) =>
        `${range.start} ${name} ${type} = ${given} # ${help} @${usedIn.map(({ start }) => start)}`,
    ),
  ).toEqual([
    '4 replicas number = 2 # How many run. @3',
    '6 image.repository string = shop # null @4',
    '8 image.tag string = null # null @7',
    '11 limits.cpu number = 1 # How much it may take @',
    '12 extra object = null # null @',
  ])
})

it('knows where a cluster sets variables of the code and of its own images, and leaves those of others', async () => {
  const container = (image: string, ...env: string[]) =>
    [
      `      - name: c\n        image: ${image}\n        env:`,
      ...env.map((line) => `        ${line}`),
      '        ports: []',
    ].join('\n')
  const { environment } = await factsOf({
    'package.json': '{"name":"@way/shop"}',
    'a.js': 'listen(process.env.PORT)',
    'k8s/shop.yaml': [
      'kind: Deployment\nspec:\n  template:\n    spec:\n      containers:',
      container(
        'registry.io/way/shop:1.2',
        '- name: MODE',
        '  value: "fast"',
        '- name: TOKEN',
        '  valueFrom:',
        '    secretKeyRef:',
        '      name: NO1',
      ),
      container('postgres:16', '- name: POSTGRES_USER', '  value: no', '- name: PORT', '  value: "80"'),
    ].join('\n'),
    'deploy/templates/web.yaml':
      'kind: Deployment\nspec:\n  containers:\n  - env:\n    {{- if .Values.x }}\n    - name: DEPTH\n      value: {{ .Values.depth }}\n    {{- end }}\n    image: "shop"\n',
    'k8s/settings.yaml': 'kind: ConfigMap\nenv:\n  - name: NO2\n    value: x\n',
    'src/env.yaml': 'kind: Pod\nimage: shop\nenv:\n- name: NO3\n  value: x\n',
  })
  expect(
    environment.map(
      ({ name, default: given, ranges }) => `${name} = ${given} ${ranges.map(({ path, start }) => `${path}:${start}`)}`,
    ),
  ).toEqual([
    'DEPTH = null deploy/templates/web.yaml:6',
    'MODE = fast k8s/shop.yaml:9',
    'PORT = 80 k8s/shop.yaml:21,a.js:1',
    'TOKEN = null k8s/shop.yaml:11',
  ])
})
