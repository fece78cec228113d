internal import Cryptography

/// A whole HTML document that stands by itself: one file without a script, whose only style is in its head.
///
/// Its own policy admits that style by its hash and nothing else, so that whatever a text in it may be, nothing is
/// executed or loaded. Where a server forbids styles it is read without: no meaning is in them alone.
struct HTMLPage {
  /// The language of its words: `en`.
  let language: String

  /// What a window is named after.
  let title: String

  /// Its style; no line of it begins with a colon.
  let style: StaticString

  /// What is in its body.
  let body: HTML

  /// The document, ended by a line feed.
  var text: String {
    let hash = Base64.text(HashFunction.sha256.hash(of: Array(style.description.utf8)))
    var page: HTML = """
      <!DOCTYPE html>
      <html lang="\(language)">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-\(hash)'; base-uri 'none'; form-action 'none'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <title>\(title)</title>
      <style>
      """
    page += HTML(stringLiteral: style)
    page += """
      </style>
      </head>
      <body>

      """
    page += body
    page += """
      </body>
      </html>

      """
    return page.text
  }
}
