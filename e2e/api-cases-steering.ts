const SAMPLE = '/api/projects/sample/steering?owner=olga'
const ABSENT = { path: '/api/projects/absent/steering?owner=olga', status: 404 }

/** Requests about what owners ask of their documentation. */
export const STEERING_CASES = [
  { endpoint: 'getSteering', path: () => SAMPLE, bad: [ABSENT] },
  {
    endpoint: 'setSteering',
    path: () => SAMPLE,
    body: () => ({ tone: 'calm', pages: [{ title: 'First steps' }] }),
    bad: [{ body: { tools: ['shell'] }, status: 422 }, { body: { language: 'of whales' }, status: 422 }, ABSENT],
  },
]
