import SwiftASN1

/// The times of a certificate.
enum CertificateTime {
  /// Seconds since 1970 in UTC; nil where the node is no time.
  static func seconds(of node: ASN1Node) -> Int64? {
    if let time = try? UTCTime(derEncoded: node, withIdentifier: .utcTime) {
      return seconds(time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
    }
    if let time = try? GeneralizedTime(derEncoded: node, withIdentifier: .generalizedTime) {
      return seconds(time.year, time.month, time.day, time.hours, time.minutes, time.seconds)
    }
    return nil
  }

  /// Days of the Gregorian calendar, counted in years that begin in March.
  private static func seconds(
    _ year: Int, _ month: Int, _ day: Int, _ hours: Int, _ minutes: Int, _ seconds: Int
  ) -> Int64 {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    let days = era * 146_097 + dayOfEra - 719_468
    return Int64(days) * 86_400 + Int64(hours * 3_600 + minutes * 60 + seconds)
  }
}
