// Which device a user agent names, in words. Whoever writes one can claim anything; it is only there to be recognized.

import { text } from './texts.js';

/** In this order: later ones also stand in what earlier ones send. */
const BROWSERS = [
  [/\bEdg(?:A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/(?:Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari'],
];

const SYSTEMS = [
  [/\biPhone\b/, 'iPhone'],
  [/\biPad\b/, 'iPad'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bLinux\b/, 'Linux'],
];

/** @param {string | undefined} userAgent */
export function deviceName(userAgent = '') {
  const browser = nameIn(BROWSERS, userAgent);
  const system = nameIn(SYSTEMS, userAgent);
  if (browser !== undefined && system !== undefined) {
    return text('devices.browser-on-system', { browser, system });
  }
  const product = /^([\w.-]{1,40})\/([\w.]{1,20})/.exec(userAgent);
  return browser ?? system ?? (product ? `${product[1]} ${product[2]}` : text('devices.unknown'));
}

function nameIn(names, userAgent) {
  return names.find(([pattern]) => pattern.test(userAgent))?.[1];
}
