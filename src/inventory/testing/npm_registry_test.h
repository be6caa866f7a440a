// A registry of some small packages on loopback, for tests that let npm itself write its files.
//
// one 1.0.0 requires two ^1; two 1.0.0 and 1.1.0; two 2.0.0; @scope/three 1.0.0 requires two ^2; four
// 1.0.0 has the optional dependency one ^1 and the peer dependency two ^1.
#pragma once

#include <string>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory::testing {

/// Shell: starts the registry, makes it npm's, and stops it when the shell ends.
inline std::string with_npm_registry(const std::string& commands) {
  static const char* const kServer = R"(
const http = require('http'), fs = require('fs'), zlib = require('zlib'), crypto = require('crypto');
const packages = [
  {name: 'one', version: '1.0.0', license: 'MIT', dependencies: {two: '^1.0.0'}},
  {name: 'two', version: '1.0.0', license: 'ISC'},
  {name: 'two', version: '1.1.0', license: 'ISC'},
  {name: 'two', version: '2.0.0', license: 'ISC'},
  {name: '@scope/three', version: '1.0.0', dependencies: {two: '^2.0.0'}},
  {name: 'four', version: '1.0.0', optionalDependencies: {one: '^1.0.0'},
   peerDependencies: {two: '^1.0.0'}},
];
function tar(name, text) {
  const head = Buffer.alloc(512), body = Buffer.from(text);
  head.write(name); head.write('0000644\0', 100); head.write('0000000\0', 108);
  head.write('0000000\0', 116); head.write(body.length.toString(8).padStart(11, '0') + '\0', 124);
  head.write('00000000000\0', 136); head.write('        ', 148); head.write('0', 156);
  head.write('ustar\0' + '00', 257);
  let sum = 0; for (const byte of head) sum += byte;
  head.write(sum.toString(8).padStart(6, '0') + '\0 ', 148);
  return zlib.gzipSync(Buffer.concat([head, body, Buffer.alloc(512 - body.length % 512 + 1024)]));
}
const files = {};
const server = http.createServer((request, response) => {
  const url = decodeURIComponent(request.url);
  if (files[url]) return response.end(files[url]);
  response.statusCode = 404;
  response.end('{}');
}).listen(0, '127.0.0.1', () => {
  const base = 'http://127.0.0.1:' + server.address().port;
  const documents = {};
  for (const one of packages) {
    const path = `/${one.name}/-/${one.name.replace(/.*\//, '')}-${one.version}.tgz`;
    files[path] = tar('package/package.json', JSON.stringify(one));
    const document = documents[one.name] ||= {name: one.name, versions: {}, 'dist-tags': {}};
    document.versions[one.version] = {...one, dist: {tarball: base + path,
      integrity: 'sha512-' + crypto.createHash('sha512').update(files[path]).digest('base64')}};
    document['dist-tags'].latest = one.version;
  }
  for (const name in documents) files['/' + name] = JSON.stringify(documents[name]);
  fs.writeFileSync('registry', base);
});
)";
  return "cat > server.js <<'END'\n" + std::string(kServer) +
         "END\n"
         "node server.js & server=$!\n"
         "trap 'kill $server' EXIT\n"
         "for i in $(seq 100); do [ -s registry ] && break; sleep 0.1; done\n"
         "export npm_config_registry=$(cat registry) npm_config_cache=$PWD/.cache\n"
         "export npm_config_audit=false npm_config_fund=false npm_config_update_notifier=false\n" +
         commands;
}

}  // namespace vigil::inventory::testing
