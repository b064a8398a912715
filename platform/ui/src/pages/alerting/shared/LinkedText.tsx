import { Anchor } from '@mantine/core';
import { splitAddresses, webAddress } from '../../../lib/webAddress';

/** A text of telemetry whose web addresses are links; all else stays text. */
export function LinkedText({ text }: { text: string }) {
  return (
    <span style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-wrap' }}>
      {splitAddresses(text).map((piece, index) =>
        piece.href === undefined ? (
          piece.text
        ) : (
          <Anchor key={index} href={piece.href} target="_blank" rel="noreferrer noopener" underline="always" inherit>
            {piece.text}
          </Anchor>
        ),
      )}
    </span>
  );
}

/** A link to an address that telemetry gives; nothing where that is no web address. */
export function OutsideLink({ address, children }: { address: string | undefined; children: string }) {
  const href = webAddress(address);
  return href === undefined ? null : (
    <Anchor href={href} target="_blank" rel="noreferrer noopener" size="sm">
      {children} ↗
    </Anchor>
  );
}
