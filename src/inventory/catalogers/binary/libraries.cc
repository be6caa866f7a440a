// Libraries of C and C++ that are copied into images without a package manager.
#include "inventory/catalogers/binary/classifier.h"

namespace vigil::inventory::binary {
namespace {

constexpr Classifier kRows[] = {
    // OPENSSL_VERSION_TEXT, "OpenSSL 3.0.22 25 Aug 2026", "OpenSSL 1.0.2k-fips  26 Jan 2017".
    {"openssl", "openssl libcrypto.so* libssl.so* libcrypto-*.dll libssl-*.dll",
     "OpenSSL <0.0.0ar>{blanks}{digits} {word} 20", "openssl:openssl"},
    {"openssl", "openssl libcrypto.so* libssl.so*",
     "OpenSSL <0.0.0a>-fips{blanks}{digits} {word} 20", "openssl:openssl"},
    // Red Hat's: "OpenSSL 1.1.1k  FIPS 25 Mar 2021".
    {"openssl", "openssl libcrypto.so* libssl.so*",
     "OpenSSL <0.0.0a>{blanks}FIPS {digits} {word} 20", "openssl:openssl"},
    {"libcurl", "libcurl.so* libcurl-*.so* libcurl*.dll", "libcurl/<0.0.0r>", "haxx:libcurl"},
    // inflate_copyright of inftrees.c.
    {"zlib", "libz.so* zlib1.dll", " inflate <0.0.0+> Copyright ", "zlib:zlib"},
    {"zlib", "libz.so* zlib1.dll", " deflate <0.0.0+> Copyright ", "zlib:zlib"},
    {"libexpat", "libexpat.so* libexpatw.so*", "expat_<0.0.0>", "libexpat_project:libexpat"},
    {"gnutls", "libgnutls.so*", "Enabled GnuTLS <0.0.0> logging", "gnu:gnutls"},
    {"libgcrypt", "libgcrypt.so*", "This is Libgcrypt <0.0.0r> - The GNU Crypto",
     "gnupg:libgcrypt"},
    {"libtiff", "libtiff.so*", "LIBTIFF, Version <0.0.0>", "libtiff:libtiff"},
    {"libpng", "libpng*.so*", "libpng version <0.0.0r>", "libpng:libpng"},
    {"libjpeg-turbo", "libjpeg.so* libturbojpeg.so*", "libjpeg-turbo version <0.0.0> (build ",
     "libjpeg-turbo:libjpeg-turbo"},
    {"libvpx", "libvpx.so*", "WebM Project VP8 Encoder v<0.0.0>", "webmproject:libvpx"},
    {"libarchive", "libarchive.so*", "libarchive <0.0.0>{0}", "libarchive:libarchive"},
    {"libssh", "libssh.so*", "SSH-2.0-libssh_<0.0.0>", "libssh:libssh"},
    {"libssh2", "libssh2.so*", "SSH-2.0-libssh2_<0.0.0>", "libssh2:libssh2"},
    {"libgit2", "libgit2.so*", "libgit2 <0.0.0>{0}", "libgit2:libgit2"},
    // BZ_VERSION, "1.0.8, 13-Jul-2019".
    {"bzip2", "libbz2.so*", "{0}<1.0.0>, {digits}-{word}-20", "bzip:bzip2"},
    {"xz", "liblzma.so*", "{0}<5.0.0r>{0}", "tukaani:xz", "", "XZ_5.0"},
    // "10.42 2022-12-11".
    {"pcre2", "libpcre2-*.so*", "<10.0> 20{digits}-{digits}-{digits}{0}", "pcre:pcre2", "",
     "pcre2_"},
    {"krb5", "libkrb5.so*", "KRB5_BRAND: krb5-<0.0+r>-", "mit:kerberos_5"},
    // Release archives say 20914 only; what is built from the repository says more.
    {"libxml2", "libxml2.so*", "-GITv<0.0.0>", "xmlsoft:libxml2"},
    {"sqlite", "libsqlite3.so* sqlite3.dll", "{0}<3.0.0>{0}", "sqlite:sqlite", "sqlite",
     "SQLite format 3"},
    {"imagemagick", "libMagickCore*.so*", "ImageMagick <0.0.0-0> Q", "imagemagick:imagemagick"},
    {"ghostscript", "gs libgs.so*", "/ghostscript/<0.0.0>/", "artifex:ghostscript"},
    // "Lavc59.37.100" is the library's own number; advisories speak of FFmpeg's.
    {"ffmpeg", "libavcodec.so* libavformat.so* libavutil.so* libavfilter.so* libswscale.so*",
     "FFmpeg version <0.0+>", "ffmpeg:ffmpeg"},
    {"ffmpeg", "libavcodec.so* libavformat.so* libavutil.so* libavfilter.so* libswscale.so*",
     "FFmpeg version n<0.0+>", "ffmpeg:ffmpeg"},
    {"glibc", "libc.so.6 libc-2.*.so", "GNU C Library {text}release version <0.0+>.", "gnu:glibc"},
    {"musl", "ld-musl-*.so* libc.musl-*.so* libc.so", "{0}<1.0.0>{0}", "musl-libc:musl", "",
     "musl libc ("},
    {"samba", "libsamba-util.so* smbd", "{0}SAMBA_<4.0.0r>", "samba:samba"},
    {"bind", "named libdns-9*.so libisc-9*.so", "{0}libisc-<9.0.0>", "isc:bind"},
};

}  // namespace

std::span<const Classifier> libraries() {
  return kRows;
}

}  // namespace vigil::inventory::binary
