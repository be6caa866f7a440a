// Interpreters and virtual machines of languages.
#include "inventory/catalogers/binary/classifier.h"

namespace vigil::inventory::binary {
namespace {

constexpr Classifier kRows[] = {
    {"node", "node nodejs libnode.so* node.exe", "node.js/v<0.0.0r>", "nodejs:node.js", "node"},
    // Other versions stand in it as texts of their own (of Unicode, of a bundled sqlite): the
    // file's name decides.
    {"python", "python2* python3* libpython*", "{0}<3.0.0r>{0}", "python:python", "python",
     "PYTHONINSPECT", true},
    {"python", "python2* libpython2*", "{0}<2.0.0r>{0}", "python:python", "python", "PYTHONINSPECT",
     true},
    // Where the directory it was built for ends in the version, linkers keep one text for both.
    {"python", "libpython*", "/versions/<3.0.0r>{0}", "python:python", "python", "PYTHONINSPECT",
     true},
    {"perl", "perl perl5* libperl.so*", "{0}v<5.0.0>{0}", "perl:perl", "", "PERL_HASH_SEED"},
    // "ruby 3.1.7p261 (2025-03-26 revision 0a3704f218)"; releases of 3.3 have no patch level.
    {"ruby", "ruby ruby2* ruby3* libruby*.so*", "ruby <0.0.0>p{digits} (20", "ruby-lang:ruby",
     "ruby"},
    {"ruby", "ruby ruby2* ruby3* ruby4* libruby*.so*", "ruby <0.0.0r> (20", "ruby-lang:ruby",
     "ruby"},
    {"php", "php php5* php7* php8* php-cgi* php-fpm* libphp*.so", "X-Powered-By: PHP/<0.0.0r>",
     "php:php", "php"},
    {"lua", "lua lua5* liblua*.so*", "$LuaVersion: Lua <0.0.0r>", "lua:lua", "lua"},
    {"luajit", "luajit* libluajit*.so*", "LuaJIT <0.0.0r>", "luajit:luajit"},
    {"deno", "deno", "Deno/<0.0.0r>+", "deno:deno"},
    {"bun", "bun", "Bun v<0.0.0r> (", "oven:bun"},
    {"rust", "rustc librustc_driver-*.so libstd-*.so", "rustc version <0.0.0r> (",
     "rust-lang:rust"},
    // "Java HotSpot(TM) 64-Bit Server VM" says the same of Oracle's.
    {"openjdk", "libjvm.so", "OpenJDK 64-Bit Server VM ({text}) for {text} JRE (<1.8.0_0>",
     "oracle:openjdk", "java"},
    {"openjdk", "libjvm.so", "OpenJDK 64-Bit Server VM ({text}) for {text} JRE (<0+>",
     "oracle:openjdk", "java"},
};

}  // namespace

std::span<const Classifier> runtimes() {
  return kRows;
}

}  // namespace vigil::inventory::binary
