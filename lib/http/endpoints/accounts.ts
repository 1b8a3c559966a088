import { createUserRequestSchema, loginRequestSchema, rotateKeyRequestSchema } from '#lib/domain/requests.ts'
import {
  createUserResponseSchema,
  deletedResponseSchema,
  meResponseSchema,
  okResponseSchema,
  rotateKeyResponseSchema,
  usersResponseSchema,
} from '#lib/domain/responses.ts'
import { endpoint } from '#lib/http/endpoints/endpoint.ts'
import { userParams } from '#lib/http/params.ts'

/** Sessions, keys and users. */
export const accountEndpoints = {
  login: endpoint({
    method: 'POST',
    path: '/api/auth/login',
    summary: 'Start a session of 8 hours; the session cookie comes with the answer',
    access: 'public',
    body: loginRequestSchema,
    answer: meResponseSchema,
    failures: [401, 403, 429],
  }),
  logout: endpoint({
    method: 'POST',
    path: '/api/auth/logout',
    summary: 'End the session the request came with',
    access: 'account.use',
    answer: okResponseSchema,
  }),
  me: endpoint({
    method: 'GET',
    path: '/api/auth/me',
    summary: 'Who is calling',
    access: 'account.use',
    answer: meResponseSchema,
  }),
  rotateOwnKey: endpoint({
    method: 'POST',
    path: '/api/auth/rotate-key',
    summary: 'Get another key, shown this once; all sessions of the account end',
    access: 'account.use',
    body: rotateKeyRequestSchema,
    answer: rotateKeyResponseSchema,
  }),
  listUsers: endpoint({
    method: 'GET',
    path: '/api/admin/users',
    summary: 'All accounts but the built-in one',
    access: 'users.manage',
    answer: usersResponseSchema,
  }),
  createUser: endpoint({
    method: 'POST',
    path: '/api/admin/users',
    summary: 'Make an account; its key is shown this once',
    access: 'users.manage',
    body: createUserRequestSchema,
    answer: createUserResponseSchema,
    failures: [409],
  }),
  removeUser: endpoint({
    method: 'DELETE',
    path: '/api/admin/users/{username}',
    summary: 'Delete an account with its sessions, sockets, grants, projects and files',
    access: 'users.manage',
    params: userParams,
    answer: deletedResponseSchema,
    failures: [400, 404, 409],
  }),
  rotateUserKey: endpoint({
    method: 'POST',
    path: '/api/admin/users/{username}/rotate-key',
    summary: "Give a user another key, shown this once; all the user's sessions end",
    access: 'users.manage',
    params: userParams,
    body: rotateKeyRequestSchema,
    answer: rotateKeyResponseSchema,
    failures: [404],
  }),
}
