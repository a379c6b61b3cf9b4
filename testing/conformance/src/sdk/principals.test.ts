import assert from 'node:assert/strict';
import { code, onEachSite } from './on-each-site.ts';

onEachSite('principals', {
  'users and tokens are made, listed and removed': async ({ db, name }) => {
    const { principals } = db;
    const expiresAt = new Date('2100-01-01T00:00:00.000Z');
    await principals.createUser('ada', 'correct horse battery', { [name]: 'writer' });
    const { token } = await principals.createToken('loader', { '*': 'reader' }, { expiresAt });
    assert.match(token, /^[\w-]{43}$/);
    assert.deepEqual(await principals.users(), [{ name: 'ada', kind: 'user', grants: { [name]: 'writer' } }]);
    const tokens = await principals.tokens();
    assert.deepEqual(
      tokens.find((one) => one.name === 'loader'),
      { name: 'loader', kind: 'token', grants: { '*': 'reader' }, expiresAt },
    );
    await assert.rejects(principals.removeToken('ada'), code('unknown_principal'));
    await principals.removeUser('ada');
    await principals.removeToken('loader');
    assert.deepEqual(await principals.users(), []);
    await assert.rejects(principals.removeUser('ada'), code('unknown_principal'));
    await assert.rejects(principals.createUser('ada', 'short', { '*': 'reader' }), code('invalid_request'));
    await assert.rejects(principals.createToken('x', { '*': 'root' as never }), code('invalid_request'));
  },
});
