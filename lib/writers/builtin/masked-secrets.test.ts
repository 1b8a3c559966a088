import { expect, it } from 'vitest'
import { maskedSecrets } from '#lib/writers/builtin/masked-secrets.ts'

it('shows no secret that a repository holds by mistake, and leaves names and hashes alone', () => {
  const key = `AIza${'a1B2-'.repeat(7)}`
  expect(maskedSecrets(`The default is \`${key}\`.`)).toBe('The default is `AIza…`.')
  expect(maskedSecrets(`-----BEGIN RSA PRIVATE KEY-----\n${'QUJD'.repeat(20)}\n-----END`)).not.toContain('QUJD')
  expect(maskedSecrets('SECRET_KEY_BASE=q8Zr2Lx0Vt5Kp9Wm3Nc7Hd1Fb6Js4Gy\n')).toBe('SECRET_KEY_BASE=q8Zr…\n')
  expect(maskedSecrets('SECRET_KEY_BASE: q8Zr2Lx0Vt5Kp9Wm3Nc7Hd1Fb6Js4Gy\n')).toBe('SECRET_KEY_BASE: q8Zr…\n')
  expect(maskedSecrets('token = getAccessToken2From(request)')).toBe('token = getAccessToken2From(request)')
  const plain = `task-runner sk-button ${'0a1b2c3d'.repeat(5)} AKIA`
  expect(maskedSecrets(plain)).toBe(plain)
})
