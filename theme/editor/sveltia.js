/* Starts Sveltia CMS in Russian, whatever language the phone speaks. */
import { configuration } from './student.js';

const PREFERENCES = 'sveltia-cms.prefs';
const config = await configuration();
if (config) {
  const kept = JSON.parse(localStorage.getItem(PREFERENCES) || '{}');
  localStorage.setItem(PREFERENCES, JSON.stringify({ locale: 'ru', ...kept }));
  const { default: CMS } = await import('./program/index.js');
  CMS.init({ config });
}
