import PlanText

extension NewsLetter {
  /// The letter as a mail (RFC 5322), for `sendmail -t`.
  ///
  /// Its `Message-ID` depends on its id alone, so that a mail which is sent again is the same one, and all mails of a
  /// run are one thread.
  ///
  /// - Parameters:
  ///   - from: Who it is from: an address.
  ///   - to: Who gets it.
  /// - Returns: The mail, with lines that end with a line feed alone, as programs of this machine take it.
  package func mail(from: String, to: [String]) -> [UInt8] {
    let host = from.split(separator: "@").last.map(String.init) ?? "localhost"
    var lines = [
      "From: Waltz <\(from)>", "To: " + to.joined(separator: ",\n "),
      "Subject: " + Self.encoded(header: title), "Message-ID: <\(Self.local(id))@\(host)>",
    ]
    if let run {
      let thread = "<\(Self.local(run))@\(host)>"
      lines += ["In-Reply-To: \(thread)", "References: \(thread)"]
    }
    lines += ["Auto-Submitted: auto-generated", "MIME-Version: 1.0"]
    if isUrgent { lines.append("Importance: high") }
    lines += [
      "Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable", "",
    ]
    lines += [title, ""].map(Self.quotedPrintable)
    lines += text.map(Self.quotedPrintable)
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }

  /// An id as the part of a message's id before the @: `emea-2026-1.412`.
  private static func local(_ id: String) -> String {
    String(
      id.unicodeScalars.map { scalar in
        let isPlain =
          ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
          || ("0"..."9").contains(scalar) || scalar == "-" || scalar == "_"
        return isPlain ? Character(scalar) : "."
      })
  }

  /// A header's text: as it is in ASCII, else in words of RFC 2047, none longer than 75 characters.
  private static func encoded(header text: String) -> String {
    if text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }), text.utf8.count <= 900 { return text }
    var (words, word): ([String], String) = ([], "")
    for character in text.prefix(200) {
      let piece = String(character).utf8.map { byte -> String in
        let isPlain =
          (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
          || (0x61...0x7A).contains(byte)
        return isPlain ? String(UnicodeScalar(byte)) : "=" + hexadecimal(UInt32(byte), digits: 2)
      }.joined()
      if word.utf8.count + piece.utf8.count > 60, !word.isEmpty {
        words.append(word)
        word = ""
      }
      word += piece
    }
    return (words + [word]).map { "=?UTF-8?Q?\($0)?=" }.joined(separator: "\n ")
  }

  /// A line of text in lines of at most 76 characters that any mail server leaves as they are.
  private static func quotedPrintable(_ line: String) -> String {
    var (lines, current): ([String], String) = ([], "")
    let bytes = Array(line.utf8)
    for (position, byte) in bytes.enumerated() {
      let isLast = position == bytes.count - 1
      let isPlain =
        (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=") && byte != UInt8(ascii: ".")
        || byte == 0x20 && !isLast
        || byte == UInt8(ascii: ".") && !(current.isEmpty)
      let piece =
        isPlain ? String(UnicodeScalar(byte)) : "=" + hexadecimal(UInt32(byte), digits: 2)
      if current.utf8.count + piece.utf8.count > 75 {
        lines.append(current + "=")
        // A dot at the start of a line would be one that ends the mail for some.
        current = piece == "." ? "=2E" : piece
      } else {
        current += piece
      }
    }
    return (lines + [current]).joined(separator: "\n")
  }
}
