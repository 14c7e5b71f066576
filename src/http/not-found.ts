import type { RequestHandler } from 'express';
import type { OpenApiDocument } from './openapi';
import { HttpProblem } from './problem';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** After all routes: 405 with `Allow` where the document (or `pages`, which are for GET) has the path, else 404. */
export function notFound(document: OpenApiDocument, pages: readonly string[]): RequestHandler {
  const documented = Object.entries(document.paths ?? {}).map(([template, item]) => ({
    matches: matcher(template),
    methods: METHODS.filter((method) => item?.[method] !== undefined),
  }));
  const paths = [...documented, ...pages.map((page) => ({ matches: matcher(page), methods: ['get'] }))];
  return (request, _response, next) => {
    const methods = [
      ...new Set(paths.filter(({ matches }) => matches.test(request.path)).flatMap((path) => path.methods)),
    ];
    next(methods.length === 0 ? unknownRoute(request.path) : wrongMethod(request.method, methods));
  };
}

/** `/movies/{id}` as a pattern, with the optional last slash that the router accepts. */
function matcher(template: string): RegExp {
  const segments = template.split('/').filter(Boolean);
  const pattern = segments.map((segment) =>
    segment.startsWith('{') ? '[^/]+' : segment.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'),
  );
  return new RegExp(`^/${pattern.join('/')}/?$`, 'i');
}

function unknownRoute(path: string): HttpProblem {
  return new HttpProblem(404, 'route_not_found', `There is no route ${path}; GET /docs lists them all.`);
}

function wrongMethod(method: string, methods: readonly string[]): HttpProblem {
  const allowed = methods.flatMap((each) => (each === 'get' ? ['GET', 'HEAD'] : [each.toUpperCase()])).join(', ');
  return new HttpProblem(405, 'method_not_allowed', `${method} is not possible here; use ${allowed}.`, {
    headers: { Allow: allowed },
  });
}
