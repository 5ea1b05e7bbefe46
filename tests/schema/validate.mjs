// usage: node validate.mjs MODULES SCHEMA FILE...
//
// Checks YAML documents against a JSON Schema with ajv, the way an editor does. MODULES is the
// folder node_modules that has ajv 8 and yaml 2. A document is to be valid, unless comments stand
// before it: each is then an error that it must have, as "# PATH KEYWORD", for instance
// "# /rust/edition pattern".
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const [modules, schemaPath, ...files] = process.argv.slice(2);
if (files.length === 0) {
	console.error('usage: node validate.mjs MODULES SCHEMA FILE...');
	process.exit(2);
}
const require = createRequire(resolve(modules, 'validate.mjs'));
const Ajv = require('ajv').default;
const { parseAllDocuments } = require('yaml');

const schema = JSON.parse(readFileSync(schemaPath, 'utf8'));
const ajv = new Ajv({
	allErrors: true, strict: true, strictTypes: false, allowUnionTypes: true,
});
const validate = ajv.compile(schema);

let failures = 0;
let documents = 0;
function fail(file, document, text) {
	console.error(`${file}, document ${document}: ${text}`);
	failures++;
}

for (const file of files) {
	parseAllDocuments(readFileSync(file, 'utf8')).forEach((document, index) => {
		const comment = document.commentBefore ?? document.contents?.commentBefore ?? '';
		const expected = comment.split('\n').map((line) => line.trim())
			.filter((line) => line.startsWith('/'));
		const valid = validate(document.toJS());
		const found = (validate.errors ?? []).map((e) => `${e.instancePath || '/'} ${e.keyword}`);

		documents++;
		if (expected.length === 0 && !valid)
			fail(file, index + 1, `not valid: ${JSON.stringify(validate.errors.slice(0, 3))}`);
		for (const error of expected) {
			if (!found.includes(error))
				fail(file, index + 1, `no error '${error}', but: ${found.join(', ')}`);
		}
	});
}
console.log(`checked ${documents} documents`);
process.exit(failures === 0 ? 0 : 1);
