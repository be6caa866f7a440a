#include "inventory/catalogers/binary/classify.h"

#include <gtest/gtest.h>

#include <set>

#include "base/text.h"
#include "inventory/language_package.h"

namespace vigil::inventory::binary {
namespace {

/// {0} and {nl} as in patterns.
std::string bytes_of(std::string text) {
  text = base::replace_all(std::move(text), "{nl}", "\n");
  return base::replace_all(std::move(text), "{0}", std::string(1, '\0'));
}

std::string found_in(std::string_view name, const std::string& text) {
  std::string out;
  const std::string bytes = bytes_of(text);
  for (const Finding& finding : Classification::standard().find(name, bytes)) {
    out +=
        (out.empty() ? "" : " ") + std::string(finding.classifier->product) + "@" + finding.version;
    EXPECT_EQ(bytes.compare(finding.offset, finding.version.size(), finding.version), 0);
  }
  return out;
}

std::vector<Classifier> all_rows() {
  std::vector<Classifier> rows;
  for (const auto& family : {libraries(), web_servers(), runtimes(), databases(),
                             network_services(), tools(), cloud_programs()}) {
    rows.insert(rows.end(), family.begin(), family.end());
  }
  return rows;
}

struct Case {
  const char* file;
  const char* text;
  const char* found;
};

// The texts are those of programs as they were built by their makers and by Debian, cut out with
// their neighbours.
constexpr Case kCases[] = {
    {"openssl", "N/A{0}OpenSSL 3.0.22 25 Aug 2026{0}%s (Library: %s)", "openssl@3.0.22"},
    {"libcrypto.so.1.1", "@{0}OpenSSL 1.1.1w  11 Sep 2023{0}", "openssl@1.1.1w"},
    {"libcrypto.so.1.0.2k", "{0}OpenSSL 1.0.2k-fips  26 Jan 2017{0}", "openssl@1.0.2k"},
    {"libcrypto.so.1.1.1k", "{0}OpenSSL 1.1.1k  FIPS 25 Mar 2021{0}", "openssl@1.1.1k"},
    {"libssl.so.3", "{0}OpenSSL 3.2.0-beta1 26 Oct 2023{0}", "openssl@3.2.0-beta1"},
    {"nginx", "{0}OpenSSL 3.0.22 25 Aug 2026{0}", ""},
    {"openssl", "needs OpenSSL 1.1.0 or later{0}", ""},
    {"libcurl.so.4.8.0", "/{0}libcurl/7.88.1{0}zlib/%s{0}", "libcurl@7.88.1"},
    {"curl", "{0}curl/7.88.1{0}", "curl@7.88.1"},
    {"libz.so.1.2.13", "{0} inflate 1.2.13 Copyright 1995-2022 Mark Adler {0}", "zlib@1.2.13"},
    {"libz.so.1.3.0.1", "{0} deflate 1.3.0.1 Copyright 1995-2024 Jean{0}", "zlib@1.3.0.1"},
    {"libexpat.so.1.8.10", "started{0}expat_2.5.0{0}\\0{0}expat_realloc{0}", "libexpat@2.5.0"},
    {"libgnutls.so.30", "{0}Enabled GnuTLS 3.7.9 logging...{nl}{0}", "gnutls@3.7.9"},
    {"libgcrypt.so.20", "{nl}{nl}This is Libgcrypt 1.10.1 - The GNU Crypto Library",
     "libgcrypt@1.10.1"},
    {"libtiff.so.6.0.0", "{0}LIBTIFF, Version 4.5.0{nl}Copyright", "libtiff@4.5.0"},
    {"libpng16.so.16", "{nl}libpng version 1.6.39{nl}Copyright", "libpng@1.6.39"},
    {"libjpeg.so.62", "{0}libjpeg-turbo version 2.1.5 (build 20230203){0}", "libjpeg-turbo@2.1.5"},
    {"libvpx.so.7", "{0}WebM Project VP8 Encoder v1.12.0{0}", "libvpx@1.12.0"},
    {"libarchive.so.13", "{0}libarchive 3.6.2{0}/tmp{0}", "libarchive@3.6.2"},
    {"libssh.so.4.9.6", "{0}SSH-2.0-libssh_0.10.6{0}", "libssh@0.10.6"},
    {"libssh2.so.1", "{0}SSH-2.0-libssh2_1.10.0{0}", "libssh2@1.10.0"},
    {"libgit2.so.1.5", "--{nl}libgit2 1.5.1{nl}{nl}{0}libgit2 1.5.1{0}", "libgit2@1.5.1"},
    {"libbz2.so.1.0", "{0}w{0}r{0}1.0.8, 13-Jul-2019{0}OK{0}", "bzip2@1.0.8"},
    {"liblzma.so.5.4.1", "XZ_5.0{0}{0}5.4.1{0}", "xz@5.4.1"},
    {"liblzma.so.5", "{0}5.4.1{0} of something else", ""},
    {"libpcre2-8.so.0", "pcre2_match{0}y{0}10.42 2022-12-11{0}", "pcre2@10.42"},
    {"libkrb5.so.3.3", "KRB5_BRAND: krb5-1.20.1-final 1.20.1 20221111{0}", "krb5@1.20.1"},
    {"libxml2.so.2", "{0}21105-GITv2.11.5{0}", "libxml2@2.11.5"},
    {"libsqlite3.so.0.8.6", "SQLite format 3{0}{0}3.40.1{0}", "sqlite@3.40.1"},
    {"libMagickCore-6.Q16.so.6", "{0}ImageMagick 6.9.11-60 Q16 x86_64", "imagemagick@6.9.11-60"},
    {"libgs.so.10.00", "{0}/usr/share/ghostscript/10.00.0/Resource/Init:", "ghostscript@10.00.0"},
    {"libavcodec.so.59", "{0}FFmpeg version 5.1.9-0+deb12u1{0}", "ffmpeg@5.1.9"},
    {"libavutil.so", " Update your FFmpeg version to the newest one{0}FFmpeg version n6.1{0}",
     "ffmpeg@6.1"},
    {"libc.so.6", "GNU C Library (Debian GLIBC 2.36-9+deb12u14) stable release version 2.36.{nl}",
     "glibc@2.36"},
    {"ld-musl-x86_64.so.1", "{0}musl libc (x86_64){nl}Version %s{0}/proc/self/fd/{0}1.2.3{0}",
     "musl@1.2.3"},
    {"smbd", "{0}SAMBA_4.17.12_DEBIAN_SAMBA4{0}SAMBA_CREDENTIALS_1.0.0{0}", "samba@4.17.12"},
    {"named", "{0}libisc-9.18.49-1~deb12u3-Debian.so{0}", "bind@9.18.49"},
    {"named", "{0}libisc-9.18.24.so{0}", "bind@9.18.24"},

    {"nginx", "{0}nginx version: nginx/1.22.1{nl}{0}", "nginx@1.22.1"},
    {"nginx", "{0}nginx version: openresty/1.21.4.1{nl}{0}", "openresty@1.21.4.1"},
    {"apache2", "{0}Apache/2.4.71{0}{0}Apache/2.4.71 (Debian){0}Apache/2{0}", "httpd@2.4.71"},
    {"lighttpd", "{0}lighttpd/1.4.69 (ssl) - a light", "lighttpd@1.4.69"},
    {"haproxy", "{0}2.6.12-1+deb12u4{0}HAProxy version 2.6.12-1+deb12u4, released 2026/10/17{0}",
     "haproxy@2.6.12"},
    {"varnishd", "{0}varnish-7.1.1 revision 7cee1c581bead20e88d101ab3d72afb29f14d87a)",
     "varnish@7.1.1"},
    {"squid", "HTTP/{0}squid/5.7{0}", "squid@5.7"},
    {"envoy", "{0}816188b86a0a52095b116b107f576324082c7c02/1.30.1/Clean/RELEASE/BoringSSL",
     "envoy@1.30.1"},
    {"tinyproxy", "{0}Server: tinyproxy/1.11.1{0}", "tinyproxy@1.11.1"},
    {"privoxy", "{0}Privoxy version 3.0.34 (https://www.privoxy.org/)", "privoxy@3.0.34"},

    {"node", "{0}node.js/v20.20.2{0}// Compat. Before node v10.12.0", "node@20.20.2"},
    {"python3.11", "PYTHONINSPECT{0}{0}3.11.2{0}{0}3.2.0{0}", "python@3.11.2"},
    {"python3.1", "PYTHONINSPECT{0}{0}3.11.2{0}", ""},
    {"libpython3.13.so.1.0", "PYTHONINSPECT{0}{0}3.13.0rc1{0}", "python@3.13.0rc1"},
    {"libpython3.10.so.1.0", "PYTHONINSPECT{0}/opt/.pyenv/versions/3.10.13{0}", "python@3.10.13"},
    {"libpython2.7.so.1.0", "PYTHONINSPECT{0}{0}2.7.18{0}", "python@2.7.18"},
    {"perl", "PERL_HASH_SEED{0}{0}v5.36.0{0}panic: sysconf", "perl@5.36.0"},
    {"libruby-3.1.so.3.1.7", "{0}ruby 3.1.7p261 (2025-03-26 revision 0a3704f218) +YJIT [x86",
     "ruby@3.1.7"},
    {"ruby", "{0}ruby 3.4.0rc1 (2024-12-12 master 29caae9991) +PRISM", "ruby@3.4.0rc1"},
    {"php8.2", "{0}X-Powered-By: PHP/8.2.36{0}", "php@8.2.36"},
    {"libphp.so", "{0}X-Powered-By: PHP/8.4.0beta3{0}", "php@8.4.0beta3"},
    {"lua5.4", "$LuaVersion: Lua 5.4.4  Copyright (C) 1994-2022", "lua@5.4.4"},
    {"libluajit-5.1.so.2", "{0}LuaJIT 2.1.0-beta3{0}", "luajit@2.1.0-beta3"},
    {"deno", "denover2.9.62.9.6+e518fbdDeno/2.9.6Deno/2.9.6+e518fbde518fbd66", "deno@2.9.6"},
    {"bun", "{0}Bun v1.4.5 (Linux x64){0}", "bun@1.4.5"},
    {"librustc_driver-1.so", "rustc version 1.70.0 (90c541806 2023-05-31)", "rust@1.70.0"},
    {"libjvm.so",
     "OpenJDK 64-Bit Server VM (17.0.21.1+2-1-deb12u1-Debian) for linux-amd64 JRE "
     "(17.0.21.1+2-1-deb12u1-Debian), built on",
     "openjdk@17.0.21.1"},
    {"libjvm.so",
     "OpenJDK 64-Bit Server VM (25.392-b08) for linux-amd64 JRE (1.8.0_392-b08), built on",
     "openjdk@1.8.0_392"},

    {"postgres", "{0}postgres (PostgreSQL) 15.20 (Debian 15.20-0+deb12u1){nl}{0}",
     "postgresql@15.20"},
    {"postgres", "upgrading to PostgreSQL 9.1.{0}postgres (PostgreSQL) 17beta1{nl}",
     "postgresql@17beta1"},
    {"psql", "{0}psql (PostgreSQL) 9.6.24{0}", "postgresql@9.6.24"},
    {"mariadbd", "-0+deb12u1{0}10.11.19-MariaDB{0}x86_64{0}", "mariadb@10.11.19"},
    {"mysqld", "MySQL Community Server - GPL{0}{0}8.0.35{0}{0}1.2.13{0}", "mysql@8.0.35"},
    {"mysqld", "MySQL Community Server - GPL{0}{0}8.0.35{0}{0}8.0.11{0}", ""},
    {"redis-check-rdb",
     "\xc0\xff"
     "A7.0.151790282056000000000{0}",
     "redis@7.0.15"},
    {"redis-server", "{0}6.2.14buildkitsandbox-1698710743000000000{0}{0}2.6.0{0}", "redis@6.2.14"},
    {"valkey-server", "{0}8.0.1build.host-1728000000000000000{0}", "valkey@8.0.1"},
    {"memcached", "listen{0}memcached 1.6.18{0}", "memcached@1.6.18"},
    {"mongod", "{0}db version v6.0.5{0}", "mongodb@6.0.5"},
    {"sqlite3", "SQLite format 3{0}{0}3.45.0{0}", "sqlite@3.45.0"},
    {"clickhouse", "{0}ClickHouse 23.8.2.7{0}", "clickhouse@23.8.2.7"},
    {"arangod", "{0}ArangoDB 3.11.4 [linux] 64bit", "arangodb@3.11.4"},
    {"pgbouncer", "{0}PgBouncer 1.18.0{0}", "pgbouncer@1.18.0"},
    {"slapd", "@(#) $OpenLDAP: slapd 2.5.13+dfsg-5 (Feb  8 2023", "openldap@2.5.13"},
    {"mosquitto", "mapping.{0}2.0.11{0}mosquitto version %s{nl}", "mosquitto@2.0.11"},

    {"sshd", "{0}OpenSSH_9.2{0}{0}OpenSSH_9.2p1 Debian-2+deb12u10{0}OpenSSH_7.0*,OpenSSH_7.1*",
     "openssh@9.2p1"},
    {"postconf", "{0}mail_version=3.7.11{0}", "postfix@3.7.11"},
    {"exim4", "<<eximcnumber>>{0}4.96{0}$smtp_active_hostname ESMTP Exim $version", "exim@4.96"},
    {"dovecot", "{0}Dovecot v2.3.19.1 (9b53102964) starting up", "dovecot@2.3.19.1"},
    {"proftpd", "{0}ProFTPD Version 1.3.8b{0}", "proftpd@1.3.8b"},
    {"vsftpd", "{0}vsftpd: version 3.0.3{nl}{0}", "vsftpd@3.0.3"},
    {"unbound", "{0}unbound 1.17.1{0}", "unbound@1.17.1"},
    {"dnsmasq", "{0}dnsmasq-2.90{0}", "dnsmasq@2.90"},
    {"openvpn", "only with OpenVPN 2.6.0 or higher{0}OpenVPN 2.6.14 x86_64-pc-linux-gnu [SSL",
     "openvpn@2.6.14"},
    {"keepalived", "{0}Keepalived v2.2.7 (01/16,2022){0}", "keepalived@2.2.7"},
    {"tor", "{0} (on Tor 0.4.9.11 ){0}", "tor@0.4.9.11"},
    {"wpa_supplicant", "{0}wpa_supplicant v2.10{nl}Copyright (c)", "wpa_supplicant@2.10"},
    {"hostapd", "{0}hostapd v2.10{nl}User space", "hostapd@2.10"},

    {"busybox", "{0}BusyBox v1.35.0 (Debian 1:1.35.0-4+b1){0}", "busybox@1.35.0"},
    {"bash", "{0}@(#)Bash version 5.2.15(1) release GNU{0}", "bash@5.2.15"},
    {"git", "{0}git/2.39.5{0}GIT_USER_AGENT{0}", "git@2.39.5"},
    {"wget", "GNU Wget %s, a non-interactive{0}{0}1.2.13{0}-Wall{0}1.21.3{0}", "wget@1.21.3"},
    {"gpg", "{0}GNU Privacy Guard's OpenPGP server 2.2.40 ready{0}", "gnupg@2.2.40"},
    {"sudo", "{0}Sudo version %s{nl}{0}1.9.13p3{0}", "sudo@1.9.13p3"},
    {"tar", "{0}1.34{0}%s-%s-%d{nl}{0}bug-tar@gnu.org{0}", "tar@1.34"},
    {"gzip", "bug-gzip@gnu.org>{0}{0}1.12{0}", "gzip@1.12"},
    {"xz", "{0}xz (XZ Utils) 5.4.1{0}", "xz@5.4.1"},
    {"zstd", "{0}v1.5.4{0}Zstandard CLI{0}", "zstd@1.5.4"},
    {"gawk", "{0}GNU Awk 5.2.1{0}", "gawk@5.2.1"},
    {"jq", "{0}jq-1.7.1{0}", "jq@1.7.1"},
    {"ffmpeg", "{0}%s version 5.1.9-0+deb12u1{0}%sbuilt with %s{0}", "ffmpeg@5.1.9"},
    {"ffprobe", "{0}%s version n7.0.1{0}%sbuilt with %s{0}", "ffmpeg@7.0.1"},
    {"qemu-img", "{0}qemu-img version 7.2.22 (Debian 1:7.2+dfsg-7", "qemu@7.2.22"},
    {"qemu-system-x86_64", "{0}QEMU emulator version 9.1.0{nl}", "qemu@9.1.0"},
    {"tcpdump", "{0}%s version 4.99.3{nl}{0}", "tcpdump@4.99.3"},
    {"nmap", "{0}https://nmap.org{0}7.93{0}Nmap{0}", "nmap@7.93"},
    {"fluent-bit", "{0}3.0.2{0}%sFluent Bit v%s{nl}{0}", "fluent-bit@3.0.2"},

    {"kubelet", "-X k8s.io/component-base/version.gitVersion=v1.29.0\"{nl}", "kubernetes@1.29.0"},
    {"docker", "-X \"github.com/docker/cli/cli/version.Version=28.2.2\"", "docker-cli@28.2.2"},
    {"dockerd", "-X github.com/docker/docker/dockerversion.Version=26.1.0 ", "dockerd@26.1.0"},
    {"containerd", "-X github.com/containerd/containerd/v2/version.Version=v2.0.0-rc.1 ",
     "containerd@2.0.0-rc.1"},
    {"runc", "-ldflags=\"-X main.gitCommit=abc -X main.version=1.1.12 \"", "runc@1.1.12"},
    {"prometheus", "-X github.com/prometheus/common/version.Version=2.51.1 ", "prometheus@2.51.1"},
    {"grafana", "build\t-ldflags=\"-w -X main.version=10.4.1 -X main.commit=", "grafana@10.4.1"},
    {"helm", "-X helm.sh/helm/v3/internal/version.version=v3.14.0 ", "helm@3.14.0"},
    {"traefik", "-X github.com/traefik/traefik/v3/pkg/version.Version=3.0.0 ", "traefik@3.0.0"},
};

TEST(Classification, FindsTheProductAndItsVersionWithItsPlace) {
  for (const Case& one : kCases) {
    EXPECT_EQ(found_in(one.file, one.text), one.found) << one.file;
  }
}

TEST(Classification, TheFileNameDecidesWhichRowsCount) {
  for (const Case& one : kCases) {
    EXPECT_EQ(found_in("readme.txt", one.text), "") << one.text;
    EXPECT_TRUE(Classification::standard().knows(one.file)) << one.file;
  }
  EXPECT_FALSE(Classification::standard().knows("readme.txt"));
  EXPECT_FALSE(Classification::standard().knows(""));
  EXPECT_FALSE(Classification::standard().knows("lib"));
}

TEST(Classification, EveryRowCompilesAndAtLeastSixtyProductsAreKnown) {
  const std::vector<Classifier> rows = all_rows();
  const auto made = Classification::make(rows, TextSearch::Engine::Plain);
  ASSERT_TRUE(made) << made.error().text();
  std::set<std::string_view> products;
  for (const Classifier& row : rows) {
    products.insert(row.product);
    EXPECT_EQ(base::split(row.cpe, ':').size(), 2U) << row.cpe;
  }
  EXPECT_GE(products.size(), 60U);
}

TEST(Classification, BothEnginesFindTheSame) {
  const std::vector<Classifier> rows = all_rows();
  const auto plain = Classification::make(rows, TextSearch::Engine::Plain);
  const auto fast = Classification::make(rows, TextSearch::Engine::Vectorscan);
  ASSERT_TRUE(plain && fast);
  EXPECT_EQ((*plain)->engine(), TextSearch::Engine::Plain);
  EXPECT_EQ((*fast)->engine(), TextSearch::best_engine());
  std::string everything(1000, '\x90');
  for (const Case& one : kCases) everything += bytes_of(one.text);
  for (const Case& one : kCases) {
    const auto a = (*plain)->find(one.file, everything);
    const auto b = (*fast)->find(one.file, everything);
    ASSERT_EQ(a.size(), b.size()) << one.file;
    for (std::size_t i = 0; i < a.size(); ++i) {
      EXPECT_EQ(a[i].version, b[i].version);
      EXPECT_EQ(a[i].offset, b[i].offset);
    }
  }
}

TEST(Classification, FindsTheSameInPieces) {
  std::string everything(1000, '\x90');
  for (const Case& one : kCases) everything += bytes_of(one.text);
  const Classification& all = Classification::standard();
  const auto text_of = [](const std::vector<Finding>& findings) {
    std::string text;
    for (const Finding& one : findings) {
      text += one.version + " at " + std::to_string(one.offset) + "; ";
    }
    return text;
  };
  for (const Case& one : kCases) {
    const std::string whole = text_of(all.find(one.file, everything));
    // However large the pieces and what is looked at at once: every text is cut somewhere.
    for (const std::size_t size : {7, 100'000}) {
      for (const std::size_t window : {41, 1000}) {
        Classification::Search search = all.begin(one.file, window);
        for (std::size_t at = 0; at < everything.size(); at += size) {
          search.take(std::string_view(everything).substr(at, size));
        }
        EXPECT_EQ(text_of(search.finish()), whole) << one.file << ' ' << size << ' ' << window;
      }
    }
  }
}

TEST(Classification, AFileOfNothingButAnchorsEndsSoon) {
  std::string anchors;
  while (anchors.size() < 4'000'000) anchors += ", released 20 version 1.1.1 version ";
  EXPECT_TRUE(Classification::standard().find("haproxy", anchors).size() <= 1);
}

TEST(Fits, StarsStandForAnyBytes) {
  EXPECT_TRUE(fits("libssl.so*", "libssl.so"));
  EXPECT_TRUE(fits("libssl.so*", "libssl.so.1.1"));
  EXPECT_TRUE(fits("libc-2.*.so", "libc-2.31.so"));
  EXPECT_FALSE(fits("libc-2.*.so", "libc-2.31.so.1"));
  EXPECT_FALSE(fits("nginx", "nginx2"));
  EXPECT_FALSE(fits("nginx2", "nginx"));
}

}  // namespace
}  // namespace vigil::inventory::binary
