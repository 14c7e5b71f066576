import path from 'node:path';
import { type RequestHandler, Router } from 'express';
import { generateHTML, serveFiles } from 'swagger-ui-express';
import type { OpenApiDocument } from './openapi';

/** ReDoc's own bundle, which the build puts beside the compiled service. */
const REDOC_BUNDLE = path.join(__dirname, '..', '..', 'dist', 'redoc', 'redoc.standalone.js');

const REDOC_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>CineMatch API</title>
<style>
  body { margin: 0 }
  /* ReDoc's own logo comes from its makers' server. */
  img[src^="https:"] { display: none }
</style>
</head>
<body>
<redoc spec-url="/openapi.json"></redoc>
<script src="/redoc/redoc.standalone.js"></script>
</body>
</html>
`;

/** What `createDocs` serves to whoever looks for documentation. */
export const DOCS_PAGES = ['/openapi.json', '/docs', '/redoc'];

/** The pages load nothing from elsewhere, and browsers hold them to it. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "worker-src 'self' blob:",
].join('; ');

/** `GET /openapi.json`, Swagger UI at `/docs`, ReDoc at `/redoc`. */
export function createDocs(document: OpenApiDocument): Router {
  const router = Router();
  router.get('/openapi.json', (_request, response) => {
    response.json(document);
  });
  router.use(['/docs', '/redoc'], contentSecurity);
  router.get('/docs', page(swaggerPage()));
  router.use('/docs', ...serveFiles(document, {}));
  router.get('/redoc', page(REDOC_PAGE));
  router.get('/redoc/redoc.standalone.js', (_request, response) => {
    response.sendFile(REDOC_BUNDLE, { maxAge: '1h' });
  });
  return router;
}

const contentSecurity: RequestHandler = (_request, response, next) => {
  response.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
  next();
};

function page(html: string): RequestHandler {
  return (_request, response) => {
    response.type('html').send(html);
  };
}

/** Swagger UI's page asks for its files beside itself: under `/docs/`, whether or not the address ends in a slash. */
function swaggerPage(): string {
  const html = generateHTML(undefined, { customSiteTitle: 'CineMatch API' });
  return html.replace('<head>', '<head>\n  <base href="/docs/">');
}
