import { expect, type Page } from '@playwright/test'
import type { Role } from '#lib/domain/kinds.ts'
import type { ServerProcess } from './server-process.ts'

export interface Person {
  username: string
  key: string
}

export function adminOf(server: ServerProcess): Person {
  return { username: 'admin', key: server.adminKey }
}

/** Makes an account through the API. */
export async function addPerson(server: ServerProcess, username: string, role: Role = 'user'): Promise<Person> {
  const { api_key } = await post<{ api_key: string }>(server, '/api/admin/users', { body: { username, role } })
  return { username, key: api_key }
}

interface Posted {
  body: unknown
  /** Default: admin. */
  as?: Person
}

/** Posts as somebody and answers the JSON. */
export async function post<Answer>(server: ServerProcess, path: string, { body, as }: Posted): Promise<Answer> {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${as?.key ?? server.adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  return (await response.json()) as Answer
}

/** Opens `path`, is asked to sign in, does, and waits until that very place is there. */
export async function signInAt(
  page: Page,
  server: ServerProcess,
  { path = '/', person }: { path?: string; person: Person },
) {
  await page.goto(`${server.url}${path}`)
  await fillLogin(page, person)
  await expect(page).toHaveURL(`${server.url}${path}`)
  await expect(connection(page)).toHaveText('Live')
}

export async function fillLogin(page: Page, { username, key }: Person): Promise<void> {
  await page.getByLabel('Username').fill(username)
  await page.getByLabel('API key').fill(key)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

export function connection(page: Page) {
  return page.getByRole('banner').getByRole('status')
}

export function badge(page: Page) {
  return page.getByRole('article').locator('header [data-status]')
}

export function tree(page: Page) {
  return page.getByRole('tree', { name: 'Documentation sets' })
}
