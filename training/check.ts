// `npm run faq-check`: says in one line whether src/faq/model.bin was learned from the inputs as they are; exit code 1 when not.
import { loadContent } from '../src/content/load.ts';
import { loadFaqModel } from '../src/faq/model-file.ts';
import { CONTENT_FOLDER } from './data.ts';
import { changedInputs, fingerprint, readInputs } from './inputs.ts';

const entries = [...loadContent(CONTENT_FOLDER).faq.values()];
const changed = changedInputs(loadFaqModel().inputs, fingerprint(readInputs(entries)));
if (changed.length === 0) {
  console.log(`src/faq/model.bin is current: learned from all ${entries.length} entries as they are`);
} else {
  console.error(
    `src/faq/model.bin is stale. Changed since it was learned: ${changed.join('; ')}. Remedy: npm run faq-train`,
  );
  process.exitCode = 1;
}
