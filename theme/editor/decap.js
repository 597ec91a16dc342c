/* Starts Decap CMS, with a field of our own: it has none that makes an id. */
import { configuration } from './student.js';

const SIGNS = '23456789abcdefghjkmnpqrstuvwxyz';
const config = await configuration();
if (config) {
  window.CMS_MANUAL_INIT = true;
  const script = document.createElement('script');
  script.src = 'program/decap-cms.js';
  await new Promise((done, failed) => {
    script.onload = done;
    script.onerror = failed;
    document.head.append(script);
  });
  const NewId = window.createClass({
    componentDidMount() {
      if (!this.props.value) {
        const chance = crypto.getRandomValues(new Uint8Array(8));
        this.props.onChange(`e${[...chance].map((one) => SIGNS[one % SIGNS.length]).join('')}`);
      }
    },
    render() {
      return window.h('output', { id: this.props.forID }, this.props.value || '');
    },
  });
  window.CMS.registerWidget('new-id', NewId);
  window.CMS.init({ config });
}
