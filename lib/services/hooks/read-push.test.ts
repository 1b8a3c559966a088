import { describe, expect, it } from 'vitest'
import { readDeliveryBody } from '#lib/services/hooks/read-body.ts'
import { readPush } from '#lib/services/hooks/read-push.ts'
import {
  asForm,
  asGitlabTag,
  FORGES,
  type ForgeRequest,
  OTHER_EVENTS,
  PUSHED,
  PUSHES,
} from '#lib/testing/forge-deliveries.ts'

function pushIn({ headers, body }: ForgeRequest) {
  return readPush(new Headers(headers), readDeliveryBody(headers['content-type'] ?? '', Buffer.from(body)).payload())
}

describe('a delivery', () => {
  it.each(FORGES)('of %s names branch, commit, and whether the branch is the default one', (forge) => {
    const main = { kind: 'branch', branch: 'main', isDefault: true, commit: PUSHED }
    expect(pushIn(PUSHES[forge]())).toEqual(main)
    expect(pushIn(asForm(PUSHES[forge]()))).toEqual(main)
    expect(pushIn(PUSHES[forge]({ ref: 'refs/heads/release/2.x' }))).toEqual({
      ...main,
      branch: 'release/2.x',
      isDefault: false,
    })
  })

  it.each(Object.keys(OTHER_EVENTS))('that is %s asks for nothing, and says why', (name) => {
    const request = OTHER_EVENTS[name]
    expect(request && pushIn(request)).toEqual({ kind: 'nothing', why: expect.stringMatching(/^.{20,}$/) })
  })

  it.each(FORGES)('of %s tells of a tag that was made or moved; of a deleted one it asks for nothing', (forge) => {
    const ref = 'refs/tags/v1'
    const { headers, body } = PUSHES[forge]({ ref })
    const tagged = forge === 'gitlab' ? asGitlabTag : (request: ForgeRequest) => request
    expect(pushIn(tagged({ headers, body }))).toEqual({ kind: 'tag', tag: 'v1' })
    const gone = tagged(PUSHES[forge]({ ref, after: '0'.repeat(40) }))
    expect(pushIn(gone)).toEqual({ kind: 'nothing', why: 'v1 was deleted; its documentation stays as it is' })
  })

  it('of curl names a branch in JSON, in a form or as a full ref, or means everything', () => {
    const branch = (name: string) => ({ kind: 'branch', branch: name, isDefault: true, commit: null })
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    expect(pushIn({ headers: form, body: '{"branch":"next"}' })).toEqual(branch('next'))
    expect(pushIn({ headers: form, body: 'branch=a%2Fb' })).toEqual(branch('a/b'))
    expect(pushIn({ headers: {}, body: '{"ref":"refs/heads/next"}' })).toEqual(branch('next'))
    for (const body of ['', '{}', '  \n'])
      for (const headers of [{}, form]) expect(pushIn({ headers, body })).toEqual({ kind: 'everything' })
  })

  it.each([
    ['{"branch":5}', '"branch" is not the name'],
    ['{"ref":null}', '"ref" is not the name'],
    ['{"branch":""}', '"branch" is not the name'],
    ['{"brnch":"main"}', '"brnch" is not known'],
    ['brnch=main', '"brnch" is not known'],
    ['main', '"main" is not known'],
    ['[]', 'no JSON object'],
    ['null', 'no JSON object'],
    ['"main"', 'no JSON object'],
  ])('of curl that says %s does not mean everything: it is refused, and told why', (body, problem) => {
    const type = body.includes('=') || body === 'main' ? 'application/x-www-form-urlencoded' : 'application/json'
    const push = () => pushIn({ headers: { 'content-type': type }, body })
    expect(push).toThrow(expect.objectContaining({ code: 'bad_request', message: expect.stringContaining(problem) }))
  })

  it('with fields of wrong kinds is nothing, never an error of ours', () => {
    const headers = { 'x-github-event': 'push' }
    for (const ref of [1, null, [], { a: 1 }, 'x'.repeat(5000), 'refs/pull/1/head'])
      expect(pushIn({ headers, body: JSON.stringify({ ref, repository: 7, deleted: 'no' }) })).toMatchObject({
        kind: 'nothing',
      })
    expect(() => readDeliveryBody('application/json', Buffer.from('{"ref":')).payload()).toThrow(
      'neither JSON nor a form',
    )
  })
})
