// Configuration of `oidc-provider`: one public client, authorization code with PKCE, rotating refresh tokens,
// no consent step. The sign-in pages and the user endpoint run before it.

import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { Provider } from 'oidc-provider';
import { Controls } from './controls.mjs';
import { allowOrigins } from './cross-origin.mjs';
import { registerPages } from './register.mjs';
import { signInPages } from './sign-in.mjs';
import { signedOutPage, signingOutPage } from './sign-out.mjs';
import { userEndpoint } from './user-endpoint.mjs';

const CLIENT_ID = 'gn-collections-spa';
const SCOPES = ['openid', 'offline_access', 'profile', 'email', 'user'];

export function createProvider({ issuer, people, redirectUris, accessTokenTtl }) {
  const origins = [...new Set(redirectUris.map((uri) => new URL(uri).origin))];
  const port = new URL(issuer).port;

  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT_ID,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: redirectUris,
        post_logout_redirect_uris: origins.flatMap((origin) => [origin, `${origin}/`]),
      },
    ],
    scopes: SCOPES,
    // The page signs in silently only where the server announces that it can.
    discovery: { prompt_values_supported: ['none', 'login', 'consent'] },
    claims: { profile: ['name'], email: ['email', 'email_verified'] },
    pkce: { required: () => true },
    clientBasedCORS: (_ctx, origin) => origins.includes(origin),
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    ttl: {
      AccessToken: accessTokenTtl,
      AuthorizationCode: 60,
      Grant: 14 * 24 * 3600,
      IdToken: 3600,
      Interaction: 3600,
      RefreshToken: 14 * 24 * 3600,
      Session: 14 * 24 * 3600,
    },
    findAccount: (_ctx, sub) => account(people.find(sub)),
    loadExistingGrant: grantEverything,
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      introspection: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      revocation: { enabled: true, allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId },
      rpInitiatedLogout: { enabled: true, logoutSource: signingOutPage, postLogoutSuccessSource: signedOutPage },
    },
    cookies: {
      keys: [randomBytes(32).toString('hex')],
      // A browser sends cookies to every port of a host: the names differ between simultaneous demos.
      names: { session: `_session_${port}`, interaction: `_interaction_${port}`, resume: `_interaction_resume_${port}` },
    },
    jwks: { keys: [signingKey()] },
  });

  provider.use(controls(provider, redirectUris).middleware());
  provider.use(allowOrigins(origins, '/oauth2/user/'));
  provider.use(userEndpoint(provider, people));
  provider.use(signInPages(provider, people));
  provider.use(registerPages(people, origins[0]));
  provider.on('server_error', (_ctx, error) => console.error(error));
  return provider;
}

function controls(provider, redirectUris) {
  const issued = { access: new Set(), refresh: new Set() };
  const expire = async ({ refresh }) => {
    const tokens = [...issued.access, ...(refresh ? issued.refresh : [])];
    await Promise.all(tokens.map((token) => token.destroy()));
  };
  const [tokenPath, revocationPath] = ['token', 'revocation'].map((name) => new URL(provider.urlFor(name)).pathname);
  const controls = new Controls({ redirectUris, tokenPath, revocationPath, expire });
  const { counts } = controls;
  provider.on('access_token.saved', (token) => issued.access.add(token));
  provider.on('refresh_token.saved', (token) => issued.refresh.add(token));
  provider.on('grant.success', (ctx) => { counts[ctx.oidc.params.grant_type] += 1; });
  provider.on('grant.error', () => { counts.refused += 1; });
  return controls;
}

/// Returns the URLs by their names in demo.json.
export function endpoints(provider) {
  return {
    issuer: provider.issuer,
    authorize_url: provider.urlFor('authorization'),
    token_url: provider.urlFor('token'),
    user_url: `${provider.issuer}/oauth2/user/`,
    revoke_url: provider.urlFor('revocation'),
    introspect_url: provider.urlFor('introspection'),
    jwks_url: provider.urlFor('jwks'),
    end_session_url: provider.urlFor('end_session'),
    register_url: `${provider.issuer}/register`,
    client_id: CLIENT_ID,
  };
}

function account(person) {
  return person && {
    accountId: person.user_id,
    claims: () => ({
      sub: person.user_id,
      name: person.name,
      email: person.email,
      email_verified: person.email_verified,
    }),
  };
}

/// Grants all scopes without a question: there is only one client.
async function grantEverything(ctx) {
  const { provider, client, session, params } = ctx.oidc;
  const existing = session.grantIdFor(client.clientId);
  const grant =
    (existing && (await provider.Grant.find(existing)))
    ?? new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  grant.addOIDCScope(params.scope ?? '');
  await grant.save();
  return grant;
}

function signingKey() {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { ...privateKey.export({ format: 'jwk' }), use: 'sig', kid: randomBytes(8).toString('hex') };
}
