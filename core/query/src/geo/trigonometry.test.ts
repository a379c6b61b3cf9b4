import assert from 'node:assert/strict';
import { test } from 'node:test';
import { angleOf, sineAndCosine } from './trigonometry.ts';

test('sine and cosine are those of Math within rounding', () => {
  for (let degrees = -360; degrees <= 360; degrees += 0.137) {
    const [sine, cosine] = sineAndCosine(degrees);
    const radians = (degrees * Math.PI) / 180;
    // Math gets an angle that is rounded already: by half a unit in the last place of up to 2 pi.
    assert.ok(Math.abs(sine - Math.sin(radians)) < 2e-15, `sine of ${degrees}`);
    assert.ok(Math.abs(cosine - Math.cos(radians)) < 2e-15, `cosine of ${degrees}`);
  }
});

test('whole quarters are exact', () => {
  assert.deepEqual([-180, -90, 0, 90, 180, 270].map(sineAndCosine), [
    [0, -1],
    [-1, 0],
    [0, 1],
    [1, 0],
    [0, -1],
    [-1, 0],
  ]);
});

test('the angle of a tangent is that of Math', () => {
  for (let angle = 0; angle <= Math.PI; angle += 0.001) {
    const [y, x] = [Math.sin(angle), Math.cos(angle)];
    assert.ok(Math.abs(angleOf(y, x) - Math.atan2(y, x)) < 5e-16, String(angle));
  }
  assert.equal(angleOf(0, -1), Math.PI);
  assert.equal(angleOf(0, 0), 0);
  assert.equal(angleOf(1, 0), Math.PI / 2);
});
