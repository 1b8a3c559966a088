import { describe, expect, it } from 'vitest'
import { codeOfStatus, codeOfText, failure } from './failures.ts'
import { failureOfAnswer } from './http-call.ts'

describe('the words of a vendor', () => {
  it.each([
    ['You have hit your usage limit. Upgrade, or try again in 4 hours 12 minutes.', 'quota'],
    ["You've hit your usage limit. Try again in 15 minutes.", 'quota'],
    ['Credit balance is too low', 'quota'],
    ['You exceeded your current quota, please check your plan and billing details.', 'quota'],
    ['Quota exceeded for quota metric "Requests" and limit "Requests per minute" of service', 'rate'],
    ['You exceeded your current quota. Please retry in 34.074824224s.', 'rate'],
    ['Rate limit reached for gpt-5 on tokens per min (TPM): Limit 30000. Please try again in 6m0s.', 'rate'],
    ['API Error: 529 {"type":"overloaded_error"}', 'rate'],
    ['Error: prompt is too long: 210000 tokens > 200000 maximum', 'context'],
    ['The model `gpt-9` does not exist or you do not have access to it.', 'unknown_model'],
    ['Error: not logged in', 'auth'],
    ['Please run /login', 'auth'],
    ['Please sign in to continue', 'auth'],
    ['Missing or invalid API key', 'auth'],
    ['OAuth: the token has expired credentials', 'auth'],
    ['No cached credentials were found', 'auth'],
    ['API Error: Unable to connect to API (ConnectionRefused)', 'unreachable'],
    ['Failed to sign in: getaddrinfo ENOTFOUND api.example', 'unreachable'],
    ['Loaded cached credentials.', 'other'],
    ['Error while assigning a port', 'other'],
    ['see the changelog in the repository', 'other'],
    ['spawn ENOMEM', 'other'],
  ] as const)('"%s" is %s', (said, code) => {
    expect(codeOfText(said)).toBe(code)
  })
})

describe('the last words of a command-line tool', () => {
  it.each([
    ['API Error: 500 Internal server error', true],
    ['stream disconnected before completion', true],
    ['Error: connection closed by 10.0.0.1', true],
    ['wrote 5000 lines', false],
    ['segmentation fault', false],
  ])('"%s": tried again is %s', (said, retryable) => {
    expect(failure(codeOfText(said), said)).toMatchObject({ code: 'other', retryable })
  })
})

describe('an answer over HTTP', () => {
  it.each([
    [400, 'API key not valid. Please pass a valid API key. API_KEY_INVALID', 'auth'],
    [400, 'api_key is no known field', 'other'],
    [429, 'You exceeded your current quota, GenerateRequestsPerMinutePerProjectPerModel-FreeTier', 'rate'],
    [429, 'You exceeded your current quota, GenerateRequestsPerDayPerProject "retryDelay": "34s"', 'quota'],
    [429, 'You exceeded your current quota, please check your plan and billing details', 'quota'],
    [402, 'Insufficient credits', 'quota'],
    [413, 'Payload too large', 'context'],
    [401, 'nope', 'auth'],
    [400, 'no tool "getaddrinfo"', 'other'],
  ] as const)('%i "%s" is %s', (status, said, code) => {
    expect(codeOfStatus(status, said)).toBe(code)
  })

  it("is tried again after Google's retryDelay, which stands in its body", () => {
    const body = JSON.stringify({
      error: {
        code: 429,
        message: 'You exceeded your current quota.',
        details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34s' }],
      },
    })
    const said = { status: 429, message: 'You exceeded your current quota.', body, headers: new Headers() }
    expect(failureOfAnswer(said)).toMatchObject({ code: 'rate', retryable: true, retryAfterMs: 34_000 })
  })
})
