// The releases of gn-auth that this server plays, and in what they differ: see README.md.

/// The release of a demo that names none.
export const NEWEST = '2025-with-jwt-code-grant';

const RELEASE_2024 = {
  /// Whether people with an unverified address can sign in and use their token.
  admitsUnverified: true,
  /// Whether the code goes to the redirect URI of the request, with the user's id, or to the client's default one.
  redirectsAsAsked: false,
  /// How the client may authenticate at the token endpoint.
  tokenAuthentication: ['client_secret_post'],
  /// `stored`: an opaque token that the user endpoint knows; `lost`: an opaque token that nobody stores; or `jwt`.
  tokenFormat: 'stored',
  /// Whether a client that is registered for the grant `refresh_token` gets refresh tokens, which are then refused.
  issuesRefreshTokens: false,
  /// Whether the public keys are at `/auth/public-jwks`.
  publishesKeys: false,
  /// The status of the user endpoint's answer to a missing, wrong or ended token.
  refusedTokenStatus: 401,
  /// The status of the page at unknown addresses, discovery among them.
  unknownAddressStatus: 200,
};

const RELEASE_2025 = {
  admitsUnverified: false,
  redirectsAsAsked: true,
  tokenAuthentication: ['client_secret_post', 'client_secret_basic'],
  tokenFormat: 'lost',
  issuesRefreshTokens: true,
  publishesKeys: true,
  refusedTokenStatus: 500,
  unknownAddressStatus: 404,
};

export const RELEASES = {
  2024: RELEASE_2024,
  2025: RELEASE_2025,
  // With the line `server.register_token_generator("authorization_code", jwttokengenerator)` in gn-auth.
  [NEWEST]: { ...RELEASE_2025, tokenFormat: 'jwt' },
};
