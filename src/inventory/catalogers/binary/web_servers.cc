// Web servers, proxies and caches.
#include "inventory/catalogers/binary/classifier.h"

namespace vigil::inventory::binary {
namespace {

constexpr Classifier kRows[] = {
    {"nginx", "nginx nginx-debug", "nginx version: nginx/<0.0.0>", "f5:nginx", "nginx"},
    {"openresty", "nginx openresty", "nginx version: openresty/<0.0.0.0r>", "openresty:openresty",
     "openresty"},
    {"httpd", "httpd apache2", "{0}Apache/<0.0.0> (", "apache:http_server", "apache"},
    {"lighttpd", "lighttpd", "lighttpd/<0.0.0>", "lighttpd:lighttpd"},
    // "version 2.6.12-1+deb12u4, released 2026/10/17".
    {"haproxy", "haproxy", " version <0.0.0r>{text}, released 20", "haproxy:haproxy", "haproxy"},
    {"varnish", "varnishd libvarnishapi.so*", "varnish-<0.0.0r> revision {hex}",
     "varnish_cache_project:varnish_cache", "varnish"},
    {"squid", "squid", "{0}squid/<0.0+>", "squid-cache:squid"},
    // "{commit}/1.28.0/Clean/RELEASE/BoringSSL".
    {"envoy", "envoy", "{hex}/<0.0.0r>/Clean/RELEASE/", "envoyproxy:envoy", "envoy"},
    {"tinyproxy", "tinyproxy", "tinyproxy/<0.0.0r>", "tinyproxy:tinyproxy"},
    {"privoxy", "privoxy", "Privoxy version <0.0.0>", "privoxy:privoxy"},
};

}  // namespace

std::span<const Classifier> web_servers() {
  return kRows;
}

}  // namespace vigil::inventory::binary
