/* The link's fragment -> the configuration of an editor for one student. Whose portfolio is it?

   A fragment never reaches a server, and no file here names a child. */
const KEPT = 'stupeni-student';

function student() {
  const said = new URLSearchParams(location.hash.slice(1)).get('student');
  if (said !== null) {
    localStorage.setItem(KEPT, said);
    history.replaceState(null, '', location.pathname);
  }
  const known = localStorage.getItem(KEPT) || '';
  return /^[a-z0-9]+(-[a-z0-9]+)*$/.test(known) ? known : null;
}

// Somebody follows another link while the page is open: a brother's, or the first one.
addEventListener('hashchange', () => {
  if (location.hash.startsWith('#student=')) location.reload();
});

/** The configuration, or null when nobody has said whose portfolio to open. */
export async function configuration() {
  const known = student();
  if (!known) {
    document.getElementById('lost').hidden = false;
    return null;
  }
  const text = await (await fetch('config.json')).text();
  return { ...JSON.parse(text.replaceAll('{student}', known)), load_config_file: false };
}
