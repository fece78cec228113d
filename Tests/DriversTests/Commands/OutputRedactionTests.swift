import Foundation
import Secrets
import Testing

@testable import Drivers

@Suite("Secrets in what programs print")
struct OutputRedactionTests {
  private let canary = "Sömmer\"2026/x+%"

  private func hiding(_ secrets: String...) -> OutputRedaction {
    OutputRedaction(secrets.map { Secret(Array($0.utf8)) })
  }

  @Test("A known secret is hidden in every form that programs print it in")
  func forms() throws {
    let redaction = hiding(canary)
    let bytes = Data(canary.utf8)
    let json = String(decoding: try JSONEncoder().encode([canary]), as: UTF8.self)
      .dropFirst(2).dropLast(2).replacing("\\/", with: "/")
    let percent = try #require(
      canary.addingPercentEncoding(
        withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "-._~"))))
    for form in [canary, String(json), percent] {
      #expect(redaction.text("said \(form) twice: \(form)") == "said *** twice: ***")
    }
    for account in ["", "u:", "us:", "use:", "user:"] {
      let encoded = (Data(account.utf8) + bytes + Data(":x".utf8)).base64EncodedString()
      let hidden = redaction.text("x \(encoded) y")
      // What is left of it gives no whole character of the secret away but the first or last.
      #expect(hidden.contains("***") && hidden.count < 24 + account.count, "\(hidden)")
    }
    let wide = Array(canary.utf16).flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(redaction.visible(wide[...]) == Array("***".utf8))
  }

  @Test("What looks like a secret is hidden, what does not is shown")
  func looks() {
    let redaction = hiding()
    let cases = [
      ("Password: hunter2", "Password: ***"), ("db_password=hunter2 x", "db_password=***"),
      ("{\"token\":\"abc\"}", "{\"token\":\"***"),
      ("Authorization: Bearer abc.def", "Authorization: Bearer ***"),
      ("plink -pw hunter2 host", "plink -pw *** host"),
      ("Host key verification failed.", "Host key verification failed."),
      ("semsrv: Running", "semsrv: Running"), ("12:30:01 = now", "12:30:01 = now"),
      ("The password was changed.", "The password was changed."),
      (
        "a\n-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nb",
        "a\n-----BEGIN RSA PRIVATE KEY-----***PRIVATE KEY-----\nb"
      ),
      ("-----BEGIN PRIVATE KEY-----\nMIIE", "-----BEGIN PRIVATE KEY-----***"),
      (
        "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----"
      ),
    ]
    for (text, shown) in cases { #expect(redaction.text(text) == shown) }
  }

  @Test("A secret that is too short is not told by its absence")
  func short() {
    #expect(hiding("abc").text("abcabc") == "abcabc")
    #expect(hiding("abcd").text("abcdabcd") == "******")
  }

  @Test("A secret that lies across a cut leaves nothing on either side, wherever the cut is")
  func cuts() {
    let secret = "canary-0123456789"
    let redaction = hiding(secret)
    let text = Array("line one\nthe secret is \(secret) and more\nlast line".utf8)
    for cut in text.indices {
      let head = String(decoding: redaction.visible(text[..<cut], endsCut: true), as: UTF8.self)
      let tail = String(decoding: redaction.visible(text[cut...], beginsCut: true), as: UTF8.self)
      for length in 2...secret.count {
        let beginning = secret.prefix(length)
        let end = secret.suffix(length)
        #expect(!head.contains(beginning) && !tail.contains(end), "\(cut): \(head)|\(tail)")
      }
    }
    // A line that is longer than what is kept.
    let long = Array((String(repeating: "x", count: 9_000) + secret + "yyyy").utf8)
    for cut in 8_990..<long.count {
      let tail = String(decoding: redaction.visible(long[cut...], beginsCut: true), as: UTF8.self)
      #expect(!tail.contains(secret.suffix(2)))
    }
  }

  @Test("The end of a private key whose beginning is missing is hidden")
  func cutKey() {
    let text = Array("IIEabc\nabc\n-----END PRIVATE KEY-----\nafter\n".utf8)
    let shown = String(decoding: hiding().visible(text[...], beginsCut: true), as: UTF8.self)
    #expect(shown == "***PRIVATE KEY-----\nafter\n" || shown == "PRIVATE KEY-----\nafter\n")
    #expect(!shown.contains("abc"))
  }

  @Test("Much output takes no long time to look through")
  func size() {
    let redaction = hiding("canary-1", "canary-2", "canary-3")
    let text = Array(String(repeating: "a=b:c \"x\": -y /z 0123456789\n", count: 8_000).utf8)
    let start = ContinuousClock.now
    #expect(redaction.visible(text[...]).count == text.count)
    #expect(
      redaction.visible([UInt8](repeating: UInt8(ascii: "="), count: 300_000)[...]).count == 300_000
    )
    #expect(ContinuousClock.now - start < .seconds(60))
  }
}
