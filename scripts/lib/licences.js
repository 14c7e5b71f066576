/**
 * Whether an SPDX expression allows use under one of the `allowed` licences: of `A OR B` one has to be among them, of
 * `A AND B` both. `A/B` is an old way to write `A OR B`. Exceptions (`WITH …`) only allow more.
 */
function isAllowed(expression, allowed) {
  const tokens = expression.replaceAll('/', ' OR ').match(/[()]|[^\s()]+/g) ?? [];
  const any = () => {
    let value = all();
    while (tokens[0] === 'OR') {
      tokens.shift();
      value = all() || value;
    }
    return value;
  };
  const all = () => {
    let value = one();
    while (tokens[0] === 'AND') {
      tokens.shift();
      value = one() && value;
    }
    return value;
  };
  const one = () => {
    const token = tokens.shift();
    if (token === '(') {
      const value = any();
      tokens.shift();
      return value;
    }
    if (tokens[0] === 'WITH') tokens.splice(0, 2);
    return allowed.includes(token);
  };
  return any() && tokens.length === 0;
}

module.exports = { isAllowed };
