package import RotationGraph

/// How far a lowering has come: who takes part, and the steps that later ones come after.
package struct LoweringProgress: Sendable {
  /// Who takes part and when.
  package let outline: RotationOutline

  /// For each site the last steps of its preparation: whoever comes after them comes after all of it.
  package internal(set) var prepared: [[Int32]]

  /// For each site its `confirm-settings`; -1 until it is added.
  package internal(set) var confirmed: [Int32]

  /// For each broken partnership its `break-replication`; -1 until it is added.
  package internal(set) var broken: [Int32]

  /// For each site the wave in which the first of its partnerships breaks; nil without one.
  private let firstBreak: [Int?]

  init(_ outline: RotationOutline) {
    self.outline = outline
    let sites = outline.waveOfSite.count
    prepared = Array(repeating: [], count: sites)
    confirmed = Array(repeating: -1, count: sites)
    broken = Array(repeating: -1, count: outline.partnerships.count)
    firstBreak = outline.partnershipsOfSite.map { list in
      list.map { outline.partnerships[$0].firstWave }.min()
    }
  }

  /// What the break of a partnership waits for: the preparation of its sites and the end of the wave
  /// before that of its earliest site.
  func beforeBreak(of index: Int) -> [Int32] {
    let partnership = outline.partnerships[index]
    var after = ends(ofWaveBefore: partnership.firstWave)
    // Where another partnership of the site broke in an earlier wave, the preparation came before that,
    // and so before the end of the wave before this one.
    for site in partnership.sites where firstBreak[site] == partnership.firstWave {
      after.append(contentsOf: prepared[site])
    }
    return after
  }

  /// What the first change of a site waits for: the breaks of its partnerships, its preparation and the
  /// end of the wave before, without what the others imply.
  func beforeRotation(of site: Int) -> [Int32] {
    guard let wave = outline.waveOfSite[site] else { return [] }
    // A break in this wave comes after the preparation of the site, after the end of the wave before,
    // and so after every break of an earlier wave.
    let breaks = outline.partnershipsOfSite[site]
      .filter { outline.partnerships[$0].firstWave == wave }
      .map { broken[$0] }
    if !breaks.isEmpty { return breaks }
    // A break in an earlier wave came before the rotation of its first site, which that wave's end
    // includes; the preparation came before the break.
    return firstBreak[site] == nil
      ? prepared[site] + ends(ofWaveBefore: wave) : ends(ofWaveBefore: wave)
  }

  /// What the restoring of a partnership waits for: the end of its sites of the last wave. A site of an
  /// earlier wave ended before that wave began.
  func beforeRestoring(of index: Int) -> [Int32] {
    let partnership = outline.partnerships[index]
    return partnership.sites.filter { outline.waveOfSite[$0] == partnership.lastWave }
      .map { confirmed[$0] }
  }

  private func ends(ofWaveBefore wave: Int) -> [Int32] {
    wave == 0 ? [] : outline.waves[wave - 1].map { confirmed[$0] }
  }
}
