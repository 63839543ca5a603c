package io.weft.kernels.ft;

import java.util.List;

/** The checksums of NPB 3.4, iteration by iteration; 13 digits are published. */
final class PublishedChecksums {
  static final List<Complex> S =
      List.of(
          new Complex(554.6087004964, 484.5363331978),
          new Complex(554.6385409189, 486.5304269511),
          new Complex(554.6148406171, 488.3910722336),
          new Complex(554.5423607415, 490.1273169046),
          new Complex(554.4255039624, 491.7475857993),
          new Complex(554.2683411902, 493.2597244941));

  static final List<Complex> W =
      List.of(
          new Complex(567.3612178944, 529.3246849175),
          new Complex(563.1436885271, 528.2149986629),
          new Complex(559.4024089970, 527.0996558037),
          new Complex(556.0698047020, 526.0027904925),
          new Complex(553.0898991250, 524.9400845633),
          new Complex(550.4159734538, 523.9212247086));

  static final List<Complex> A =
      List.of(
          new Complex(504.6735008193, 511.4047905510),
          new Complex(505.9412319734, 509.8809666433),
          new Complex(506.9376896287, 509.8144042213),
          new Complex(507.7892868474, 510.1336130759),
          new Complex(508.5233095391, 510.4914655194),
          new Complex(509.1487099959, 510.7917842803));

  static final List<Complex> B =
      List.of(
          new Complex(517.7643571579, 507.7803458597),
          new Complex(515.4521291263, 508.8249431599),
          new Complex(514.6409228649, 509.6208912659),
          new Complex(514.2378756213, 510.1023387619),
          new Complex(513.9626667737, 510.3976610617),
          new Complex(513.7423460082, 510.5948019802),
          new Complex(513.5547056878, 510.7404165783),
          new Complex(513.3910925466, 510.8576573661),
          new Complex(513.2470705390, 510.9577278523),
          new Complex(513.1197729984, 511.0460304483),
          new Complex(513.0070319283, 511.1252433800),
          new Complex(512.9070537032, 511.1968077718),
          new Complex(512.8182883502, 511.2616233064),
          new Complex(512.7393733383, 511.3203605551),
          new Complex(512.6691062020, 511.3735928093),
          new Complex(512.6064276004, 511.4218460548),
          new Complex(512.5504076570, 511.4656139760),
          new Complex(512.5002331720, 511.5053595966),
          new Complex(512.4551951846, 511.5415130407),
          new Complex(512.4146770029, 511.5744692211));

  static final List<Complex> C =
      List.of(
          new Complex(519.5078707457, 514.9019699238),
          new Complex(515.5422171134, 512.7578201997),
          new Complex(514.4678022222, 512.2251847514),
          new Complex(514.0150594328, 512.1090289018),
          new Complex(513.7550426810, 512.1143685824),
          new Complex(513.5811056728, 512.1496764568),
          new Complex(513.4569343165, 512.1870921893),
          new Complex(513.3651975661, 512.2193250322),
          new Complex(513.2955192805, 512.2454735794),
          new Complex(513.2410471738, 512.2663649603),
          new Complex(513.1971141679, 512.2830879827),
          new Complex(513.1605205716, 512.2965869718),
          new Complex(513.1290734194, 512.3075927445),
          new Complex(513.1012720314, 512.3166486553),
          new Complex(513.0760908195, 512.3241541685),
          new Complex(513.0528295923, 512.3304037599),
          new Complex(513.0310107773, 512.3356167976),
          new Complex(513.0103090133, 512.3399592211),
          new Complex(512.9905029333, 512.3435588985),
          new Complex(512.9714421109, 512.3465164008));

  private PublishedChecksums() {}
}
